package codectest

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"parley/call"
)

// ffmpegAgrees has ffmpeg decode what the encoder makes: it must find no fault
// and come to the same pictures as our decoder, to the bit.
func ffmpegAgrees(t *testing.T, codec call.VideoCodec) {
	ffmpeg, err := exec.LookPath("ffmpeg")
	if err != nil {
		t.Skip("ffmpeg is not installed")
	}
	plain := config(321, 241, 30, 800_000)
	screen, sliced := plain, plain
	screen.Screen, sliced.Threads = true, 2
	for name, cfg := range map[string]call.VideoConfig{"plain": plain, "screen": screen, "sliced": sliced} {
		t.Run(name, func(t *testing.T) { compare(t, ffmpeg, codec, cfg) })
	}
}

func compare(t *testing.T, ffmpeg string, codec call.VideoCodec, cfg call.VideoConfig) {
	k := newTalk(t, codec, cfg)
	units := k.units(NewMotion(cfg.Width, cfg.Height, cfg.FrameRate), 60)
	var ours []byte
	for _, unit := range units {
		p := k.mustShow(unit)
		ours = append(append(append(ours, p.Y...), p.Cb...), p.Cr...)
	}
	path := filepath.Join(t.TempDir(), "stream")
	if err := os.WriteFile(path, Stream(codec.Name(), cfg.Width, cfg.Height, units), 0o600); err != nil {
		t.Fatal(err)
	}
	if theirs := ffmpegPlanes(t, ffmpeg, path); !bytes.Equal(ours, theirs) {
		t.Errorf("ffmpeg decodes %d bytes of pictures, we %d, and they differ", len(theirs), len(ours))
	}
}

// ffmpegPlanes decodes a file; a warning is a failure.
func ffmpegPlanes(t *testing.T, ffmpeg, path string) []byte {
	t.Helper()
	cmd := exec.Command(ffmpeg, "-v", "warning", "-xerror", "-i", path,
		"-fps_mode", "passthrough", "-pix_fmt", "yuv420p", "-f", "rawvideo", "-")
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	planes, err := cmd.Output()
	if err != nil || complaints.Len() > 0 {
		t.Fatalf("ffmpeg: %v\n%s", err, complaints.String())
	}
	return planes
}

// Stream puts access units into a file that ffmpeg reads: H.264 as it is, all
// else in IVF with a clock of 30 pictures a second.
func Stream(name string, width, height int, units [][]byte) []byte {
	if name == "H264" {
		return bytes.Join(units, nil)
	}
	le := binary.LittleEndian
	out := append([]byte("DKIF\x00\x00\x20\x00"), (name + "0")[:4]...)
	out = le.AppendUint16(out, uint16(width))
	out = le.AppendUint16(out, uint16(height))
	out = le.AppendUint32(out, 30)
	out = le.AppendUint32(out, 1)
	out = le.AppendUint32(out, uint32(len(units)))
	out = le.AppendUint32(out, 0)
	for i, unit := range units {
		out = le.AppendUint32(out, uint32(len(unit)))
		out = le.AppendUint64(out, uint64(i))
		out = append(out, unit...)
	}
	return out
}
