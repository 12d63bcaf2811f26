package rtc

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"time"

	"github.com/pion/webrtc/v4"
)

// Certificate is what a machine shows in its calls. Whoever has its file can
// pass for that machine.
type Certificate struct{ cert webrtc.Certificate }

// ErrCertificate is wrapped where a kept certificate cannot be used.
var ErrCertificate = errors.New("the certificate that others know this machine by cannot be used")

// certificateYears is how long a kept certificate lasts.
const certificateYears = 10

// OpenCertificate reads the certificate that is kept in a file, and makes it
// where there is none. A file that is there and cannot be used is left alone:
// in its place others would be told of a different machine.
func OpenCertificate(path string) (*Certificate, error) {
	c, err := readCertificate(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return c, err
	}
	if c, err = newCertificate(time.Now()); err != nil {
		return nil, err
	}
	switch err := c.keep(path); {
	case errors.Is(err, fs.ErrExist): // another start of the program was faster
		return readCertificate(path)
	case err != nil:
		return nil, fmt.Errorf("%w: it cannot be kept in %s: %w", ErrCertificate, path, err)
	}
	return c, nil
}

func readCertificate(path string) (*Certificate, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		return nil, fmt.Errorf("%w; check who may read %s: %w", ErrCertificate, path, err)
	}
	cert, err := webrtc.CertificateFromPEM(string(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %s is damaged; put back a copy, or remove it, and others will be told that this is a different machine (%v)", ErrCertificate, path, err)
	}
	if time.Now().After(cert.Expires()) {
		return nil, fmt.Errorf("%w: %s ran out on %s; check this machine's clock, or remove the file, and others will be told that this is a different machine",
			ErrCertificate, path, cert.Expires().Format(time.DateOnly))
	}
	if err := os.Chmod(path, 0o600); err != nil { // it may have been copied here
		return nil, fmt.Errorf("%w; check whose file %s is: %w", ErrCertificate, path, err)
	}
	return &Certificate{*cert}, nil
}

// newCertificate makes one that names nobody.
func newCertificate(now time.Time) (*Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("making a key: %w", err)
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, fmt.Errorf("making a certificate: %w", err)
	}
	cert, err := webrtc.NewCertificate(key, x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "parley"}, Issuer: pkix.Name{CommonName: "parley"},
		NotBefore: now.AddDate(0, 0, -1), NotAfter: now.AddDate(certificateYears, 0, 0), Version: 2,
	})
	if err != nil {
		return nil, fmt.Errorf("making a certificate: %w", err)
	}
	return &Certificate{*cert}, nil
}

// keep writes the certificate for its owner alone, unless there is one.
func (c *Certificate) keep(path string) error {
	text, err := c.cert.PEM()
	if err != nil {
		return err
	}
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".certificate-*") // 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }() // linked by then, or of no use
	_, err = f.WriteString(text)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return os.Rename(f.Name(), path) // a file system without links
}
