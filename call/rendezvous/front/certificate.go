package front

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync/atomic"
	"time"
)

// Certificate is a key pair from two files that are read again when they
// change, as they do when it is renewed.
type Certificate struct {
	cert, key string
	stamp     [2]time.Time
	now       atomic.Pointer[tls.Certificate]
}

// LoadCertificate reads the files, in PEM.
func LoadCertificate(cert, key string) (*Certificate, error) {
	c := &Certificate{cert: cert, key: key}
	if err := c.load(); err != nil {
		return nil, fmt.Errorf("the certificate cannot be used; name a PEM file with --cert and its key with --key: %w", err)
	}
	return c, nil
}

func (c *Certificate) load() error {
	c.stamp = c.stamps()
	pair, err := tls.LoadX509KeyPair(c.cert, c.key)
	if err != nil {
		return err
	}
	c.now.Store(&pair)
	return nil
}

func (c *Certificate) stamps() (all [2]time.Time) {
	for i, path := range []string{c.cert, c.key} {
		if info, err := os.Stat(path); err == nil {
			all[i] = info.ModTime()
		}
	}
	return all
}

// Follow reads the files again when they change, until the context ends. A
// pair that does not fit, since only one of the two is written yet, is no news.
func (c *Certificate) Follow(ctx context.Context, every time.Duration, log *slog.Logger) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if c.stamps() == c.stamp {
			continue
		}
		if err := c.load(); err != nil {
			log.Warn("the certificate stays as it was", "err", err)
			continue
		}
		log.Info("the certificate was read again", "until", c.now.Load().Leaf.NotAfter)
	}
}

// TLS is the configuration that shows it.
func (c *Certificate) TLS() *tls.Config {
	return &tls.Config{
		MinVersion:     tls.VersionTLS12,
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return c.now.Load(), nil },
	}
}
