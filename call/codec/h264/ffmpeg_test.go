package h264

import (
	"bytes"
	"os/exec"
	"testing"

	"parley/call"
)

// TestDecodesX264 compares with ffmpeg's decoder, to the bit, on a stream that
// OpenH264 did not make: several slices, references and sizes of block.
func TestDecodesX264(t *testing.T) {
	ffmpeg, err := exec.LookPath("ffmpeg")
	if err != nil {
		t.Skip("ffmpeg is not installed")
	}
	stream := run(t, nil, ffmpeg, "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=30:d=2",
		"-pix_fmt", "yuv420p", "-c:v", "libx264", "-profile:v", "baseline",
		"-x264-params", "aud=1:slices=3:ref=3:keyint=20", "-f", "h264", "-")
	theirs := run(t, stream, ffmpeg, "-v", "error", "-f", "h264", "-i", "-",
		"-fps_mode", "passthrough", "-f", "rawvideo", "-")
	if ours := decodeAll(t, stream); !bytes.Equal(ours, theirs) {
		t.Errorf("ffmpeg decodes %d bytes of pictures, we %d, and they differ", len(theirs), len(ours))
	}
}

func run(t *testing.T, in []byte, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Stdin = bytes.NewReader(in)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, complaints.String())
	}
	return out
}

// decodeAll decodes a stream whose units begin with delimiters (type 9).
func decodeAll(t *testing.T, stream []byte) (planes []byte) {
	t.Helper()
	d, err := NewDecoder()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	var dst call.Picture
	for _, unit := range bytes.SplitAfter(stream, []byte{0, 0, 0, 1, 9})[1:] {
		unit = append([]byte{0, 0, 0, 1, 9}, unit...)
		shown, err := d.Decode(bytes.TrimSuffix(unit, []byte{0, 0, 0, 1, 9}), &dst)
		if err != nil || !shown {
			t.Fatalf("shown %v, %v", shown, err)
		}
		planes = append(append(append(planes, dst.Y...), dst.Cb...), dst.Cr...)
	}
	return planes
}
