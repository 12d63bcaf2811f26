//go:build cgo

package record_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
	"parley/call/codec/h264"
	"parley/call/record"
)

// The program's own master encoder makes a file that ffmpeg decodes to the
// end, picture for picture, though the camera changes its size on the way.
func TestMasterEncoder(t *testing.T) {
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Skip("ffmpeg is not installed, and the file is checked with it")
	}
	root := t.TempDir()
	var dir string
	const pictures = 120
	synctest.Test(t, func(t *testing.T) {
		started := time.Now()
		rec, err := record.New(record.Options{Root: root, Video: h264.New()}).Open(call.RecordingInfo{Them: "Bob", Started: started})
		if err != nil {
			t.Fatal(err)
		}
		dir = rec.Dir()
		for n := range pictures {
			at := started.Add(time.Duration(n) * time.Second / 30)
			<-time.After(time.Until(at))
			rec.LocalPicture(moving(n, n >= pictures/2, at))
		}
		if err := rec.Close(); err != nil {
			t.Fatal(err)
		}
	})
	m, err := record.Load(dir)
	if err != nil || len(m.Tracks) != 1 || m.Tracks[0].Codec != record.H264 {
		t.Fatalf("%+v %v", m, err)
	}
	if d := m.Tracks[0].Duration - 4*time.Second; d.Abs() > 40*time.Millisecond {
		t.Errorf("it lasts %v", m.Tracks[0].Duration)
	}
	out, err := exec.Command("ffmpeg", "-v", "error", "-xerror", "-reinit_filter", "0", "-i", filepath.Join(dir, m.Tracks[0].File),
		"-vf", "scale=320:240:eval=frame", "-fps_mode", "passthrough", "-f", "framecrc", "-").CombinedOutput()
	if got := strings.Count(string(out), "\n0,"); err != nil || got != pictures {
		t.Errorf("%d of %d pictures come out: %v\n%s", got, pictures, err, out)
	}
}

// moving is the n-th of a row of unlike pictures.
func moving(n int, large bool, at time.Time) *call.Picture {
	pic := call.NewPicture(320, 240)
	if large {
		pic = call.NewPicture(640, 360)
	}
	for y := range pic.Height() {
		for x := range pic.Width() {
			pic.Y[y*pic.YStride+x] = byte(16 + (x+y+4*n)%200)
		}
	}
	pic.At = at
	return pic
}
