package render

import (
	"io"
	"path/filepath"
	"strings"
	"testing"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// A film for whose index room was left has the rest of the room beside it; the
// index of a small one is as large as it has to be.
func TestRoomForTheIndex(t *testing.T) {
	dir := t.TempDir()
	for _, tt := range []struct {
		name, grain string
		room        bool
	}{{"large.mp4", "60", true}, {"small.mp4", "0", false}} {
		path := filepath.Join(dir, tt.name)
		args := strings.Fields("-f lavfi -i testsrc2=s=1280x720:r=30,noise=alls=" + tt.grain + ":allf=t+u,format=yuv420p -f lavfi -i sine=440 -t 3 -c:v libx264 -preset ultrafast -bf 2 -g 30 -c:a aac")
		run(t, append(args, ffmpeg.InputArg(path))...)
		p := project(t, path)
		line, err := p.Timeline.TrimIn(p.Timeline.Clip(0).ID, editor.Rational(1, 2))
		if err != nil {
			t.Fatal(err)
		}
		p.Timeline = line
		film, report := render(t, p)
		if report.Copied == 0 {
			t.Errorf("%s: nothing was copied", tt.name)
		}
		var index, unused int64
		err = topBoxes(film, func(_ io.ReaderAt, top []mp4Box) error {
			for _, b := range top {
				switch b.kind {
				case "moov":
					index = b.size
				case "free":
					unused = max(unused, b.size)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if (unused > 1000) != tt.room {
			t.Errorf("%s has an index of %d bytes and %d bytes of room", tt.name, index, unused)
		}
	}
}
