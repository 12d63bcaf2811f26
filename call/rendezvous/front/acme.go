package front

import (
	"crypto/tls"
	"net/http"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
)

// ACME has certificates issued for the hosts by an authority (RFC 8555), which
// asks for them back on the server's own port (TLS-ALPN-01, RFC 8737) or on
// port 80 (HTTP-01).
type ACME struct{ manager *autocert.Manager }

// NewACME keeps keys and certificates in a folder. directory "" is Let's
// Encrypt; client may be nil.
func NewACME(folder, directory string, client *http.Client, hosts ...string) *ACME {
	m := &autocert.Manager{
		Prompt: autocert.AcceptTOS, Cache: autocert.DirCache(folder), HostPolicy: autocert.HostWhitelist(hosts...),
	}
	if directory != "" || client != nil {
		m.Client = &acme.Client{DirectoryURL: directory, HTTPClient: client}
	}
	return &ACME{m}
}

// TLS is the configuration that shows the certificates and answers the
// authority.
func (a *ACME) TLS() *tls.Config {
	c := a.manager.TLSConfig()
	c.MinVersion = tls.VersionTLS12
	return c
}

// Port80 answers the authority, and sends everybody else to HTTPS.
func (a *ACME) Port80() http.Handler { return a.manager.HTTPHandler(nil) }
