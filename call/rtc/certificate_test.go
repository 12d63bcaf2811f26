package rtc

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func printOf(t *testing.T, c *Certificate) string {
	t.Helper()
	all, err := c.cert.GetFingerprints()
	if err != nil || len(all) != 1 || all[0].Algorithm != "sha-256" {
		t.Fatalf("%v, %v", all, err)
	}
	return all[0].Value
}

func TestACertificateLasts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "certificate.pem")
	first, err := OpenCertificate(path)
	if err != nil {
		t.Fatal(err)
	}
	if left := time.Until(first.cert.Expires()); left < 9*365*24*time.Hour {
		t.Errorf("it lasts %v", left)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
	if all, err := os.ReadDir(filepath.Dir(path)); err != nil || len(all) != 1 {
		t.Errorf("left beside it: %v, %v", all, err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	again, err := OpenCertificate(path)
	if err != nil || printOf(t, again) != printOf(t, first) {
		t.Errorf("another certificate, %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("still readable by others: %v, %v", info.Mode(), err)
	}
	if err := again.keep(path); !errors.Is(err, os.ErrExist) {
		t.Errorf("one that is kept was replaced: %v", err)
	}
	other, err := OpenCertificate(filepath.Join(t.TempDir(), "certificate.pem"))
	if err != nil || printOf(t, other) == printOf(t, first) {
		t.Errorf("two machines have the same, %v", err)
	}
}

func TestABadCertificateIsLeftAlone(t *testing.T) {
	old, err := newCertificate(time.Now().AddDate(-11, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	expired, err := old.cert.PEM()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"damaged": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "empty": "", "ran out": expired} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "certificate.pem")
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := OpenCertificate(path); !errors.Is(err, ErrCertificate) {
				t.Errorf("%v", err)
			}
			if data, err := os.ReadFile(path); err != nil || string(data) != text {
				t.Errorf("the file was changed: %v", err)
			}
		})
	}
}

// FuzzReadCertificate reads what somebody may have put in its place.
func FuzzReadCertificate(f *testing.F) {
	c, err := newCertificate(time.Now())
	if err != nil {
		f.Fatal(err)
	}
	text, err := c.cert.PEM()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
	path := filepath.Join(f.TempDir(), "certificate.pem")
	f.Fuzz(func(t *testing.T, text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if c, err := readCertificate(path); err == nil && c == nil {
			t.Fatal("neither a certificate nor an error")
		}
	})
}
