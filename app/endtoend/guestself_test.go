//go:build endtoend

package endtoend

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"parley/assets"
)

// pageAlone serves the guest page and its files without a rendezvous.
func pageAlone(t *testing.T) string {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, assets.Guest, "index.html") })
	mux.Handle("GET /guest/", http.StripPrefix("/guest/", http.FileServerFS(assets.Guest)))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

// The page calls itself: picture and sound go out over one peer connection and
// come back by the other.
func TestGuestCallsItself(t *testing.T) {
	eachBrowser(t, func(t *testing.T, p page) {
		p.size(1280, 800)
		p.open(pageAlone(t) + "/")
		p.moves("preview")
		p.keepShot("door")
		p.click("call")
		p.wait("the stage", visible("stage"))
		p.moves("mine")
		p.moves("them")
		p.hears()
		p.keepShot("stage")
		p.key("m")
		p.wait("muted", `document.getElementById('mute').getAttribute('aria-pressed') === 'true'`)
		p.key("v")
		p.wait("the camera off", visible("mine-off"))
		p.click("hang-up")
		p.wait("the end", visible("over"))
	})
}
