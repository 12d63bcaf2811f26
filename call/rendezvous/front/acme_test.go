package front

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"sync"
	"testing"
	"time"
)

// authority issues certificates as RFC 8555 has it, as far as a client can tell:
// it does not check signatures, and it does ask the server back (RFC 8737).
type authority struct {
	t    *testing.T
	url  string
	host string
	back string // where the server is

	key   *ecdsa.PrivateKey
	self  *x509.Certificate
	mu    sync.Mutex
	valid bool
	chain []byte
}

func newAuthority(t *testing.T, host, back string) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), IsCA: true, BasicConstraintsValid: true, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	a := &authority{t: t, host: host, back: back, key: key}
	if a.self, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(a)
	t.Cleanup(web.Close)
	a.url = web.URL
	return a
}

func (a *authority) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	w.Header().Set("Replay-Nonce", "nonce")
	switch r.URL.Path {
	case "/dir":
		a.answer(w, 200, map[string]any{"newNonce": a.url + "/nonce", "newAccount": a.url + "/account", "newOrder": a.url + "/new"})
	case "/nonce":
	case "/account":
		w.Header().Set("Location", a.url+"/account/1")
		a.answer(w, 201, map[string]any{"status": "valid"})
	case "/new", "/order":
		w.Header().Set("Location", a.url+"/order")
		a.answer(w, map[string]int{"/new": 201, "/order": 200}[r.URL.Path], a.order())
	case "/authz":
		a.answer(w, 200, a.authorization())
	case "/challenge":
		if err := a.askBack(); err != nil {
			a.t.Errorf("the server does not prove its name: %v", err)
		}
		a.valid = true
		a.answer(w, 200, a.challenge())
	case "/finalize":
		if err := a.issue(r); err != nil {
			a.t.Error(err)
		}
		w.Header().Set("Location", a.url+"/order")
		a.answer(w, 200, a.order())
	case "/certificate":
		w.Write(a.chain)
	default:
		http.NotFound(w, r)
	}
}

func (a *authority) answer(w http.ResponseWriter, status int, v any) {
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		a.t.Error(err)
	}
}

func (a *authority) status(no, yes string) string {
	if a.valid {
		return yes
	}
	return no
}

func (a *authority) order() map[string]any {
	status := a.status("pending", "ready")
	if a.chain != nil {
		status = "valid"
	}
	return map[string]any{
		"status": status, "authorizations": []string{a.url + "/authz"}, "finalize": a.url + "/finalize", "certificate": a.url + "/certificate",
		"identifiers": []map[string]string{{"type": "dns", "value": a.host}},
	}
}

func (a *authority) challenge() map[string]string {
	return map[string]string{"type": "tls-alpn-01", "url": a.url + "/challenge", "token": "token", "status": a.status("pending", "valid")}
}

func (a *authority) authorization() map[string]any {
	return map[string]any{
		"status": a.status("pending", "valid"), "challenges": []any{a.challenge()},
		"identifier": map[string]string{"type": "dns", "value": a.host},
	}
}

// askBack wants the certificate of the challenge at the server's own port.
func (a *authority) askBack() error {
	conn, err := tls.Dial("tcp", a.back, &tls.Config{ServerName: a.host, NextProtos: []string{"acme-tls/1"}, InsecureSkipVerify: true}) // it signs itself
	if err != nil {
		return err
	}
	defer conn.Close()
	identifier := asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 31}
	for _, e := range conn.ConnectionState().PeerCertificates[0].Extensions {
		if e.Id.Equal(identifier) {
			return nil
		}
	}
	return errors.New("its certificate is not that of a challenge")
}

// issue signs what a finalize request asks for.
func (a *authority) issue(r *http.Request) error {
	data, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	var signed struct{ Payload string }
	var wanted struct{ CSR string }
	payload, err := unwrap(json.Unmarshal(data, &signed), func() string { return signed.Payload })
	if err != nil {
		return err
	}
	der, err := unwrap(json.Unmarshal(payload, &wanted), func() string { return wanted.CSR })
	if err != nil {
		return err
	}
	request, err := x509.ParseCertificateRequest(der)
	if err != nil {
		return err
	}
	leaf := &x509.Certificate{SerialNumber: big.NewInt(2), DNSNames: request.DNSNames, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(90 * 24 * time.Hour)}
	der, err = x509.CreateCertificate(rand.Reader, leaf, a.self, request.PublicKey, a.key)
	a.chain = slices.Concat(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.self.Raw}))
	return err
}

func unwrap(err error, text func() string) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	return base64.RawURLEncoding.DecodeString(text())
}

// The first guest has a certificate issued, which is kept; a name that is not
// the server's has none.
func TestCertificateIsIssued(t *testing.T) {
	const host = "meet.example.org"
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	a := newAuthority(t, host, l.Addr().String())
	folder := t.TempDir()
	door := NewACME(folder, a.url+"/dir", nil, host)
	web := Serve(l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "yes") }), door.TLS(), slog.New(slog.DiscardHandler))
	defer web.Close()
	roots := x509.NewCertPool()
	roots.AddCert(a.self)
	conn, err := tls.Dial("tcp", l.Addr().String(), &tls.Config{ServerName: host, RootCAs: roots})
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	if _, err := tls.Dial("tcp", l.Addr().String(), &tls.Config{ServerName: "evil.example.org", RootCAs: roots}); err == nil {
		t.Error("a certificate for another name")
	}
	if _, err := os.Stat(folder + "/" + host); err != nil {
		t.Errorf("it is not kept: %v", err)
	}
	request := httptest.NewRequest(http.MethodGet, "http://"+host+"/c/x", nil)
	answer := httptest.NewRecorder()
	door.Port80().ServeHTTP(answer, request)
	if to := answer.Result().Header.Get("Location"); to != "https://"+host+"/c/x" {
		t.Errorf("port 80 sends to %q", to)
	}
}
