//go:build endtoend

package endtoend

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"testing"
	"time"
)

// filmPage plays a film and tells how it went.
const filmPage = `<!doctype html><video src="film.mp4" muted></video><script>
const v = document.querySelector("video")
const tell = error => fetch("told", {method: "POST", body: JSON.stringify({
	error, at: v.currentTime, length: v.duration, frames: v.getVideoPlaybackQuality().totalVideoFrames})})
v.onended = () => tell("")
v.onerror = () => tell(v.error.code + " " + v.error.message)
v.play().catch(e => tell(String(e)))
</script>`

// watched is what the page tells.
type watched struct {
	Error      string
	At, Length float64
	Frames     int
}

// filmServer hands the page and a film out on the loopback, and what the page
// tells on.
func filmServer(t *testing.T, film string) (url string, told chan watched) {
	told = make(chan watched, 8)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		if _, err := w.Write([]byte(filmPage)); err != nil {
			t.Log(err)
		}
	})
	mux.HandleFunc("GET /film.mp4", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, film) })
	mux.HandleFunc("POST /told", func(_ http.ResponseWriter, r *http.Request) {
		var w watched
		if err := json.NewDecoder(r.Body).Decode(&w); err != nil {
			w.Error = err.Error()
		}
		select {
		case told <- w:
		default: // it was told before
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL, told
}

// mustPlayInChromium has a page play the film.
func mustPlayInChromium(t *testing.T, film string, frames int) {
	path := installed(t, "chromium")
	url, told := filmServer(t, film)
	browse(t, path, url)
	select {
	case w := <-told:
		if w.Error != "" || w.Length-w.At > 0.1 {
			t.Errorf("at %.2f s of %.2f Chromium says %q", w.At, w.Length, w.Error)
		}
		if w.Frames < frames*95/100 {
			t.Errorf("Chromium decoded %d pictures of %d", w.Frames, frames)
		}
	case <-time.After(2 * patience):
		t.Fatal("the page does not tell of the film's end")
	}
}

// browse opens a page until the test ends.
func browse(t *testing.T, path, url string) {
	t.Helper()
	home := t.TempDir()
	cmd := command(t, home, path, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
		"--autoplay-policy=no-user-gesture-required", "--user-data-dir="+home, url)
	group(cmd)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cmd.Cancel(); err != nil {
			t.Error(err)
		}
		if _, told := cmd.Wait().(*exec.ExitError); !told {
			t.Error("the browser had ended before it was told to")
		}
	})
}
