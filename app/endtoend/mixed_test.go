//go:build endtoend

package endtoend

import (
	"path/filepath"
	"testing"
)

// sources are files as people have them, unlike in all that can trouble a
// player: codec, rate, size, shape, sound, and none.
var sources = []struct {
	name string
	args []string
}{
	{"phone.mp4", []string{"-f", "lavfi", "-i", "testsrc2=s=360x640:r=30000/1001:d=2", "-f", "lavfi", "-i", "sine=440:r=44100:d=2", "-c:v", "libx264", "-bf", "3", "-g", "40", "-pix_fmt", "yuv420p", "-c:a", "aac"}},
	{"web.webm", []string{"-f", "lavfi", "-i", "testsrc2=s=854x480:r=25:d=2", "-f", "lavfi", "-i", "sine=550:r=48000:d=2", "-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus"}},
	{"title.png", []string{"-f", "lavfi", "-i", "color=navy:s=1280x720:d=1", "-frames:v", "1"}},
	{"silent.avi", []string{"-f", "lavfi", "-i", "testsrc2=s=640x480:r=15:d=2", "-c:v", "mpeg4", "-q:v", "4"}},
	{"camera.mp4", []string{"-f", "lavfi", "-i", "testsrc2=s=1280x720:r=30:d=4", "-f", "lavfi", "-i", "sine=660:r=8000:d=4", "-c:v", "libx264", "-g", "60", "-pix_fmt", "yuv420p", "-c:a", "aac", "-ac", "1"}},
}

// A film of unlike sources plays everywhere.
func TestMixedFilmPlays(t *testing.T) {
	dir := t.TempDir()
	film := filepath.Join(dir, "film.mp4")
	args := []string{"render", "-o", film, "--profile", filepath.Join(dir, "profile")}
	for _, s := range sources {
		path := filepath.Join(dir, s.name)
		tool(t, "ffmpeg", append(append([]string{"-v", "error", "-nostdin", "-y"}, s.args...), path)...)
		args = append(args, path)
	}
	p := parley(t, "the render", args...)
	if status := p.wait(3 * patience); status != 0 {
		t.Fatalf("the render ended with status %d:\n%s", status, p.stderr())
	}
	keep(t, film, "mixed.mp4")
	mustPlay(t, film)
}
