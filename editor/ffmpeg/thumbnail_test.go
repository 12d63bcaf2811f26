package ffmpeg

import (
	"errors"
	"image"
	"testing"

	"parley/editor"
)

// colour names the strongest of a pixel's parts.
func colour(p *image.RGBA, x, y int) string {
	c := p.RGBAAt(x, y)
	switch {
	case c.R > 150 && c.G < 100 && c.B < 100:
		return "red"
	case c.B > 150 && c.R < 100 && c.G < 100:
		return "blue"
	case c.G > 100 && c.R < 100 && c.B < 100:
		return "green"
	}
	return "other"
}

func thumbnail(t *testing.T, tools *Tools, path string, at float64, w, h int) *image.RGBA {
	t.Helper()
	p, err := tools.Thumbnail(t.Context(), path, editor.Seconds(at), w, h)
	if err != nil {
		t.Fatalf("%v\n%s", err, tailOf(err))
	}
	return p
}

const halves = "-f lavfi -i color=red:size=128x128:duration=1,pad=256:128:0:0:blue -c:v libx264 -preset ultrafast"

// The picture is red at the left; turned clockwise it is red at the top. The
// rotation that Probe tells is the one that ffmpeg applies.
func TestThumbnailIsUpright(t *testing.T) {
	tools := found(t)
	plain := generate(t, tools, "plain.mp4", halves)
	for _, tag := range []string{"90", "180", "270"} {
		path := generate(t, tools, "turned.mp4", "-i "+plain+" -c copy -metadata:s:v rotate="+tag)
		v := video(t, probe(t, tools, path))
		p := thumbnail(t, tools, path, 0, 64, 64)
		wantW, wantH, where := 32, 64, [2]int{16, 2}
		switch v.Rotation {
		case 180:
			wantW, wantH, where = 64, 32, [2]int{62, 16}
		case 270:
			where = [2]int{16, 62}
		}
		if p.Rect.Dx() != wantW || p.Rect.Dy() != wantH || colour(p, where[0], where[1]) != "red" || v.Rotation == 0 {
			t.Errorf("rotate=%s, probed %d: %v, %s at %v", tag, v.Rotation, p.Rect, colour(p, where[0], where[1]), where)
		}
	}
}

func TestThumbnailOfTurnedJPEG(t *testing.T) {
	tools := found(t)
	p := thumbnail(t, tools, turnedJPEG(t, tools, 6), 0, 100, 100)
	if p.Rect.Dx() != 50 || p.Rect.Dy() != 100 || colour(p, 25, 5) != "red" || colour(p, 25, 95) != "blue" {
		t.Errorf("%v, %s above %s", p.Rect, colour(p, 25, 5), colour(p, 25, 95))
	}
}

func TestThumbnailShape(t *testing.T) {
	tools := found(t)
	path := generate(t, tools, "sar.mp4", "-f lavfi -i testsrc2=size=720x576:duration=1 -vf setsar=64/45 -c:v libx264 -preset ultrafast")
	for _, c := range []struct{ w, h, wantW, wantH int }{{160, 160, 160, 90}, {320, 90, 160, 90}, {1, 1, 1, 1}} {
		if p := thumbnail(t, tools, path, 0, c.w, c.h); p.Rect.Dx() != c.wantW || p.Rect.Dy() != c.wantH {
			t.Errorf("in %dx%d: %v", c.w, c.h, p.Rect)
		}
	}
}

// Red for two seconds, then green: a key frame stands at the change.
func TestThumbnailAtATime(t *testing.T) {
	tools := found(t)
	path := generate(t, tools, "two.mp4", "-f lavfi -i color=red:size=64x48:duration=2 -f lavfi -i color=green:size=64x48:duration=2"+
		" -filter_complex [0][1]concat -c:v libx264 -preset ultrafast -force_key_frames 2")
	for at, want := range map[float64]string{0: "red", 1.5: "red", 2.2: "green", 4: "green", 99: "green", -1: "red"} {
		if got := colour(thumbnail(t, tools, path, at, 32, 32), 16, 12); got != want {
			t.Errorf("at %v s: %s, want %s", at, got, want)
		}
	}
}

func TestThumbnailOfASound(t *testing.T) {
	tools := found(t)
	path := generate(t, tools, "a.wav", "-f lavfi -i sine=duration=1")
	if _, err := tools.Thumbnail(t.Context(), path, editor.Time{}, 32, 32); !errors.Is(err, ErrNoPicture) {
		t.Errorf("said %v", err)
	}
}

func TestThumbnailOfNoSize(t *testing.T) {
	tools := found(t)
	for _, side := range []int{0, -1, maxThumbnail + 1} {
		if _, err := tools.Thumbnail(t.Context(), "a.png", editor.Time{}, side, 10); err == nil {
			t.Errorf("%d pixels are accepted", side)
		}
	}
}
