package rendezvous

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Each server that cannot be used says why in a sentence, with what to do.
func TestServersThatCannotBeUsed(t *testing.T) {
	answers := func(status int) *httptest.Server {
		return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	}
	strange := httptest.NewUnstartedServer(http.NotFoundHandler())
	strange.Config.ErrorLog = log.New(io.Discard, "", 0)
	strange.StartTLS()
	plain := answers(http.StatusOK)
	for _, tt := range []struct {
		server *httptest.Server
		origin func(string) string
		want   string
	}{
		{answers(http.StatusTooManyRequests), nil, "wait a minute"},
		{answers(http.StatusServiceUnavailable), nil, "try again in a moment"},
		{answers(http.StatusNotFound), nil, "check the link"},
		{strange, nil, "nobody vouches for"},
		{plain, func(url string) string { return strings.Replace(url, "http:", "https:", 1) }, "does not answer in TLS"},
	} {
		defer tt.server.Close()
		origin := tt.server.URL
		if tt.origin != nil {
			origin = tt.origin(origin)
		}
		_, err := openSocket(t.Context(), origin, request{})
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), hostOf(origin)) {
			t.Errorf("want %q, got %v", tt.want, err)
		}
	}
}

func TestCertificatesThatDoNotHold(t *testing.T) {
	for want, err := range map[string]error{
		"check this machine's clock": &tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.Expired}},
		"of another server":          &tls.CertificateVerificationError{Err: x509.HostnameError{Host: "a.example", Certificate: new(x509.Certificate)}},
		"nobody vouches for":         &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}},
	} {
		got := explain(fmt.Errorf("dial: %w", err), nil, "a.example")
		if !strings.Contains(got.Error(), want) || !errors.Is(got, err) {
			t.Errorf("want %q, got %v", want, got)
		}
	}
}
