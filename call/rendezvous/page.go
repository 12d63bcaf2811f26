package rendezvous

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"time"

	"parley/call"
)

// plainPage stands in where no guest page is handed in.
const plainPage = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Parley</title>
<h1>Parley</h1><p>Two people meet here who call each other with Parley.</p></html>
`

// policy lets the page load what is the server's own and nothing else, and
// shows it in nobody's frame.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; " +
	"media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// permissions are what the page may ask the person for.
const permissions = "camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), autoplay=(self), " +
	"speaker-selection=(self), screen-wake-lock=(self), geolocation=(), payment=(), usb=(), midi=()"

// pages are the guest page, its files and what it asks for.
func (s *Server) pages() {
	s.mux.HandleFunc("GET /{$}", s.page)
	s.mux.HandleFunc("GET /c/{slot}", s.page)
	s.mux.HandleFunc("GET /guest/{file...}", s.file)
	s.mux.HandleFunc("GET /guest/words.json", s.words)
	s.mux.HandleFunc("GET /guest/space.json", s.space)
	s.mux.HandleFunc("GET /admin/space", s.admin)
}

func guard(h http.Header) {
	for name, value := range map[string]string{
		"Content-Security-Policy":      policy,
		"Permissions-Policy":           permissions,
		"Referrer-Policy":              "no-referrer",
		"X-Content-Type-Options":       "nosniff",
		"X-Frame-Options":              "DENY",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Cache-Control":                "no-cache", // a new page with a new server
	} {
		h.Set(name, value)
	}
}

// page serves the one page, for every slot and for none. Whether there is such
// a slot it does not tell.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	if slot := r.PathValue("slot"); slot != "" && !call.IsSlot(slot) {
		http.NotFound(w, r)
		return
	}
	s.serveFile(w, r, "index.html")
}

func (s *Server) file(w http.ResponseWriter, r *http.Request) { s.serveFile(w, r, r.PathValue("file")) }

func (s *Server) serveFile(w http.ResponseWriter, r *http.Request, name string) {
	guard(w.Header())
	data, err := s.read(name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("ETag", etag(data))
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

func (s *Server) read(name string) ([]byte, error) {
	if s.config.Page == nil && name == "index.html" {
		return []byte(plainPage), nil
	}
	if s.config.Page == nil || !fs.ValidPath(name) {
		return nil, fs.ErrNotExist
	}
	return fs.ReadFile(s.config.Page, name)
}

// words are those of spoken codes and of the verification.
func (s *Server) words(w http.ResponseWriter, r *http.Request) { s.json(w, call.Words) }

// space tells a guest whose room it is.
func (s *Server) space(w http.ResponseWriter, r *http.Request) {
	var space Space
	slot := r.URL.Query().Get("slot")
	if isNumber(slot) && !s.hub.mayTry(s.address(r)) { // it tells that somebody waits there
		http.Error(w, "too many tries; wait a minute", http.StatusTooManyRequests)
		return
	}
	if call.IsSlot(slot) {
		space = s.hub.spaceAt(slot)
	}
	s.json(w, map[string]string{"name": space.shown(), "theme": space.Theme})
}

func (s *Server) json(w http.ResponseWriter, v any) {
	guard(w.Header())
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		s.log.Debug("an answer was not read", "err", err)
	}
}

func etag(data []byte) string { return fmt.Sprintf(`"%x"`, sha256.Sum256(data)) }
