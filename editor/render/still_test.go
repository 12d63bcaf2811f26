package render

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// TestStillStands shows a still for exactly its time, every frame the same as
// the one a group earlier: the group is copied.
func TestStillStands(t *testing.T) {
	still := filepath.Join(t.TempDir(), "s.png")
	run(t, "-f", "lavfi", "-i", "testsrc2=s=320x180", "-frames:v", "1", ffmpeg.InputArg(still))
	p := standing(t, project(t, still), 0, editor.Rational(547, 100))
	p.Output = &editor.Output{Width: 320, Height: 180, Rate: editor.Ratio{Num: 30, Den: 1}, SampleRate: 48000}
	path, report := render(t, p)
	if report.Frames != 164 || report.Made != 2 {
		t.Errorf("%d frames from %d segments", report.Frames, report.Made)
	}
	all := frames(t, path)
	if len(all) != 164 {
		t.Fatalf("%d frames", len(all))
	}
	for i := 60; i < 120; i++ {
		if !bytes.Equal(all[i].pix, all[i-60].pix) {
			t.Errorf("frame %d is not a copy of frame %d", i, i-60)
		}
	}
}

// TestAlpha shows what is transparent as black, whatever colour lies there.
func TestAlpha(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.png")
	run(t, "-f", "lavfi", "-i", "color=white:s=320x180,format=rgba,geq=r=255:g=255:b=255:a='if(lt(X,W/2),0,255)'", "-frames:v", "1", ffmpeg.InputArg(path))
	film, _ := render(t, standing(t, project(t, path), 0, editor.Rational(1, 5)))
	g := frames(t, film)[0]
	if left, right := g.at(0.25, 0.5), g.at(0.75, 0.5); left > 18 || right < 230 {
		t.Errorf("transparent came out as %d, opaque as %d", left, right)
	}
}

// TestGIF renders an animated GIF as the clip that it is.
func TestGIF(t *testing.T) {
	gif := shot{name: "a.gif", w: 160, h: 90, rate: "10", frames: 12, options: []string{"-c:v", "gif"}}
	path, report := render(t, project(t, gif.make(t, t.TempDir())))
	if report.Frames != 36 {
		t.Fatalf("%d frames", report.Frames)
	}
	for i, n := range numbers(t, path) {
		if n != i/3 && n != (i+1)/3 {
			t.Errorf("frame %d shows %d", i, n)
		}
	}
}

// TestEXIF turns a photograph upright as its camera says.
func TestEXIF(t *testing.T) {
	dir := t.TempDir()
	upright := filepath.Join(dir, "1.jpg")
	// Dark above, light below; turned by 90 degrees for display by tag 6.
	run(t, "-f", "lavfi", "-i", "color=black:s=320x200,drawbox=y=100:c=white:t=fill", "-frames:v", "1", "-pix_fmt", "yuvj420p", ffmpeg.InputArg(upright))
	data, err := os.ReadFile(upright)
	if err != nil {
		t.Fatal(err)
	}
	turned := filepath.Join(dir, "6.jpg")
	if err := os.WriteFile(turned, withOrientation(data, 6), 0o600); err != nil {
		t.Fatal(err)
	}
	p := standing(t, project(t, turned), 0, editor.Rational(1, 5))
	film, _ := render(t, p)
	g := frames(t, film)[0]
	// Clockwise: what was below is on the left. The picture is 200x320 and so
	// stands upright between black borders.
	if left, right, border := g.at(0.42, 0.5), g.at(0.58, 0.5), g.at(0.2, 0.5); left < 230 || right > 20 || border > 18 {
		t.Errorf("left %d, right %d, border %d", left, right, border)
	}
}

// withOrientation puts an EXIF segment with an orientation into a JPEG.
func withOrientation(jpeg []byte, orientation uint16) []byte {
	exif := []byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	exif = binary.BigEndian.AppendUint16(exif, orientation)
	exif = append(exif, 0, 0, 0, 0, 0, 0)
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(exif)+2))
	return append(append(head, exif...), jpeg[2:]...)
}

// TestColours makes one colour in the matrix of each kind of source and looks
// at it as a player does that believes the film's tags.
func TestColours(t *testing.T) {
	dir := t.TempDir()
	tests := []struct{ name, size, filter string }{
		{"sd.mp4", "320x240", "scale=out_color_matrix=bt601:out_range=tv,format=yuv420p"},
		{"hd.mp4", "1280x720", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"},
		{"full.mp4", "320x240", "scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p"},
	}
	for _, tt := range tests {
		path := filepath.Join(dir, tt.name)
		run(t, "-f", "lavfi", "-i", "color=c=0xc04020:s="+tt.size+":r=30,format=rgb24,"+tt.filter, "-frames:v", "6",
			"-c:v", "libx264", "-qp", "1", ffmpeg.InputArg(path))
		film, _ := render(t, project(t, path))
		rgb := output(t, "-i", ffmpeg.InputArg(film), "-frames:v", "1", "-vf", "scale=in_color_matrix=bt709:in_range=tv,format=rgb24,crop=2:2", "-f", "rawvideo", "pipe:1")
		for i, want := range []int{0xc0, 0x40, 0x20} {
			if off := int(rgb[i]) - want; off < -5 || off > 5 {
				t.Errorf("%s: colour came out as %x", tt.name, rgb[:3])
				break
			}
		}
	}
}
