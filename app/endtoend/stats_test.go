//go:build endtoend

package endtoend

import (
	"fmt"
	"testing"
)

// stats is the part of a statistics line that is looked at here.
type stats struct {
	Type    string  `json:"type"`
	State   string  `json:"state"`
	Elapsed float64 `json:"elapsed_s"`
	Setup   struct {
		Connected  *float64 `json:"connected_ms"`
		FirstFrame *float64 `json:"first_frame_ms"`
		FirstSound *float64 `json:"first_sound_ms"`
	} `json:"setup"`
	Sent     flow    `json:"sent"`
	Received flow    `json:"received"`
	Path     string  `json:"path"`
	CPU      float64 `json:"cpu_s"`
	Memory   int64   `json:"peak_memory_bytes"`
}

type flow struct {
	Frames     uint64   `json:"frames"`
	Shown      uint64   `json:"frames_shown"`
	FrameRate  float64  `json:"frame_rate"`
	Width      int      `json:"width"`
	Height     int      `json:"height"`
	VideoRate  int      `json:"video_bps"`
	Lost       int64    `json:"packets_lost"`
	Freezes    int      `json:"freezes"`
	Frozen     float64  `json:"frozen_ms"`
	PictureP50 *float64 `json:"picture_latency_p50_ms"`
	PictureP95 *float64 `json:"picture_latency_p95_ms"`
	SoundP95   *float64 `json:"sound_latency_p95_ms"`
	Played     uint64   `json:"sound_samples"`
	Concealed  uint64   `json:"sound_concealed_samples"`
}

// readStats reads a statistics file: a line a second, and the summary last.
func readStats(t *testing.T, path string) (seconds []stats, summary stats) {
	t.Helper()
	seconds = written(t, path)
	if len(seconds) == 0 || seconds[len(seconds)-1].Type != "summary" {
		t.Fatalf("%s has no summary at its end", path)
	}
	return seconds[:len(seconds)-1], seconds[len(seconds)-1]
}

// mustHaveTalked checks what holds for any call of test sources that lasted
// some seconds, however busy the machine.
func (s stats) mustHaveTalked(t *testing.T, who string) {
	t.Helper()
	switch {
	case s.State != "hangup":
		t.Errorf("%s's call ended by %q, want hangup", who, s.State)
	case s.Setup.Connected == nil || s.Setup.FirstFrame == nil || s.Setup.FirstSound == nil:
		t.Errorf("%s's set-up is incomplete: %s", who, s)
	case s.Received.Shown < 10 || s.Received.Width == 0:
		t.Errorf("%s saw %d pictures of %dx%d", who, s.Received.Shown, s.Received.Width, s.Received.Height)
	case s.Received.PictureP50 == nil || s.Received.SoundP95 == nil:
		t.Errorf("%s read no bar code, or heard no pip: %s", who, s)
	case s.Received.Played == 0 || s.Sent.Frames == 0:
		t.Errorf("%s heard or sent nothing: %s", who, s)
	}
}

func (s stats) String() string {
	ms := func(f *float64) string {
		if f == nil {
			return "-"
		}
		return fmt.Sprintf("%.0f ms", *f)
	}
	r := s.Received
	return fmt.Sprintf("connected %s, first picture %s, first sound %s; %dx%d at %.1f/s, %d freezes (%.0f ms); picture p50 %s p95 %s, sound p95 %s; lost %d; CPU %.1f s, %.0f MB",
		ms(s.Setup.Connected), ms(s.Setup.FirstFrame), ms(s.Setup.FirstSound), r.Width, r.Height, r.FrameRate, r.Freezes, r.Frozen,
		ms(r.PictureP50), ms(r.PictureP95), ms(r.SoundP95), r.Lost, s.CPU, float64(s.Memory)/1e6)
}
