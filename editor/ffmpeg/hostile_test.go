package ffmpeg

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"parley/editor"
)

var hostileNames = []string{
	"-y.png", "--", "a\nb.png", "it's \"quoted\".png", "🎬 naïve.png", "img%03d.png", "%s%n.png", "img*?[0-9].png",
	"concat:a|b.png", "http:x.png", "pipe:0", "data:text.png", "a,b;c=d\\:e.png", " .png", "a.m3u8", "lavfi:testsrc", "subfile,,start,0,end,9,,:a.png",
}

// A name is a name: every one is read as the picture that it is, from its own
// folder as well as by its absolute path.
func TestHostileNames(t *testing.T) {
	tools := found(t)
	picture, err := os.ReadFile(generate(t, tools, "a.png", pattern+"1 -frames:v 1"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for _, name := range hostileNames {
		if err := os.WriteFile(name, picture, 0o600); err != nil {
			t.Fatal(err)
		}
		m, err := tools.Probe(t.Context(), name)
		if err != nil {
			t.Errorf("%q: %v\n%s", name, err, tailOf(err))
			continue
		}
		if v := video(t, m); !m.Still || v.Width != 320 || filepath.Base(m.Path) != name {
			t.Errorf("%q is %+v", name, m)
		}
		if _, err := tools.Thumbnail(t.Context(), name, editor.Time{}, 32, 32); err != nil {
			t.Errorf("%q: %v", name, err)
		}
		args := append(InputOptions(m), "-i", InputArg(name), "-f", "null", "-")
		if err := tools.Run(t.Context(), Command{Args: args}); err != nil {
			t.Errorf("%q: %v\n%s", name, err, tailOf(err))
		}
	}
}

func TestInputArg(t *testing.T) {
	t.Chdir(t.TempDir())
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/a/b.mp4": "file:/a/b.mp4", "-y": "file:" + here + "/-y", "http://x/y": "file:" + here + "/http:/x/y", "/a/../b": "file:/b",
	} {
		if got := InputArg(path); got != want {
			t.Errorf("%q is %q, want %q", path, got, want)
		}
	}
}

func TestInputOptions(t *testing.T) {
	for _, c := range []struct {
		m    editor.Media
		want string
	}{
		{editor.Media{Format: "mov,mp4,m4a,3gp,3g2,mj2"}, "-f mov"},
		{editor.Media{Format: "matroska,webm"}, "-f matroska"},
		{editor.Media{Format: "image2"}, "-f image2 -pattern_type none"},
		{editor.Media{Format: "webp_pipe"}, "-f image2 -pattern_type none"},
		{editor.Media{Format: "heif"}, "-f image2 -pattern_type none"},
		{editor.Media{Format: "webp_anim"}, "-f apng"},
		{editor.Media{Format: "mpegts", Deep: true}, "-probesize 256M -analyzeduration 300M -max_probe_packets 200000 -f mpegts"},
		{editor.Media{}, "-format_whitelist none"},
		{editor.Media{Format: "hls"}, "-format_whitelist none"},
		{editor.Media{Format: "hls,applehttp"}, "-format_whitelist none"},
		{editor.Media{Format: "lavfi"}, "-format_whitelist none"},
	} {
		want := strings.TrimSpace("-protocol_whitelist file,pipe " + c.want)
		if got := strings.Join(InputOptions(&c.m), " "); got != want {
			t.Errorf("%q: %s, want %s", c.m.Format, got, want)
		}
	}
}

// lists are files that point at a target instead of holding media.
func lists(target string) map[string]string {
	return map[string]string{
		"a.m3u8":     "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + target + "\n#EXT-X-ENDLIST\n",
		"a.mp4":      "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + target + "\n#EXT-X-ENDLIST\n",
		"a.ffconcat": "ffconcat version 1.0\nfile '" + target + "'\n",
		"b.mkv":      "ffconcat version 1.0\nfile '" + target + "'\n",
		"a.mpd":      `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011"><BaseURL>` + target + `</BaseURL></MPD>`,
		"a.sdp":      "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 9999 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
	}
}

func TestPlaylistsAreNotFollowed(t *testing.T) {
	tools := found(t)
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer server.Close()
	inside := generate(t, tools, "inside.ts", pattern+"1 -c:v libx264 -preset ultrafast")
	for _, target := range []string{server.URL + "/a.ts", inside} {
		for name, content := range lists(target) {
			path := write(t, name, content)
			_, err := tools.Probe(t.Context(), path)
			if e, ok := asError(err); !ok || !errors.Is(err, ErrReference) || e.Hint == "" {
				t.Errorf("%s: %v", name, err)
			}
			if _, err := tools.Thumbnail(t.Context(), path, editor.Time{}, 32, 32); !errors.Is(err, ErrReference) {
				t.Errorf("thumbnail of %s: %v", name, err)
			}
		}
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("the server was asked %d times", n)
	}
}

// Were a list not recognised by its first bytes, ffprobe itself refuses it;
// and so does a render of a file that was swapped for a list after Probe.
func TestListsAreRefusedByFFmpegToo(t *testing.T) {
	tools := found(t)
	inside := generate(t, tools, "inside.ts", pattern+"1 -c:v libx264 -preset ultrafast")
	was := probe(t, tools, inside)
	for name, content := range lists(inside) {
		path := write(t, name, content)
		if data, err := tools.Inspect(t.Context(), path, "-show_streams"); err == nil {
			t.Errorf("%s: ffprobe answers %s", name, data)
		}
		for _, as := range []*editor.Media{was, {}, {Format: "hls"}, {Format: "concat"}} {
			args := append(InputOptions(as), "-i", InputArg(path), "-f", "null", "-")
			if err := tools.Run(t.Context(), Command{Args: args}); err == nil {
				t.Errorf("%s is rendered as %q", name, as.Format)
			}
		}
	}
}
