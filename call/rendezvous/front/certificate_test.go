package front

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// writePair makes a certificate with a serial number and puts it into files.
func writePair(t *testing.T, cert, key string, serial int64) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(serial), DNSNames: []string{"meet.example.org"}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	for path, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
		later := time.Now().Add(time.Duration(serial) * time.Second) // whatever the file system's clock can tell apart
		if err := os.Chtimes(path, later, later); err != nil {
			t.Fatal(err)
		}
	}
}

// serialAt connects and tells which certificate is shown.
func serialAt(t *testing.T, address string) int64 {
	t.Helper()
	conn, err := tls.Dial("tcp", address, &tls.Config{InsecureSkipVerify: true}) // it is looked at below
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	return conn.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
}

func TestCertificateIsReadAgain(t *testing.T) {
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	writePair(t, cert, key, 1)
	c, err := LoadCertificate(cert, key)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	quiet := slog.New(slog.DiscardHandler)
	web := Serve(l, http.NotFoundHandler(), c.TLS(), quiet)
	defer web.Close()
	if n := serialAt(t, l.Addr().String()); n != 1 {
		t.Fatalf("certificate %d is shown", n)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); c.Follow(ctx, time.Millisecond, quiet) }()
	defer func() { stop(); <-done }()
	if err := os.WriteFile(cert, []byte("half a"), 0o600); err != nil { // while it is renewed
		t.Fatal(err)
	}
	if n := serialAt(t, l.Addr().String()); n != 1 {
		t.Fatalf("certificate %d is shown", n)
	}
	writePair(t, cert, key, 2)
	for serialAt(t, l.Addr().String()) != 2 {
		if t.Context().Err() != nil {
			t.Fatal("the new certificate is never shown")
		}
	}
}

func TestNoCertificateSaysWhatToDo(t *testing.T) {
	if _, err := LoadCertificate("none.pem", "none.pem"); err == nil || !strings.Contains(err.Error(), "--cert") {
		t.Fatalf("got %v", err)
	}
}
