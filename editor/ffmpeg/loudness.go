package ffmpeg

import (
	"context"
	"io"
	"math"

	"parley/editor"
)

// Loudness is how loud a sound is, as EBU R 128 measures it.
type Loudness struct {
	Integrated float64 `json:"integrated"` // LUFS; -70 where nothing is heard
	Range      float64 `json:"range"`      // LU
	Peak       float64 `json:"peak"`       // of the waveform, dBTP
}

// quietest is what ebur128 says of silence.
const quietest = -70

// Loudness measures one of a file's sound streams.
func (t *Tools) Loudness(ctx context.Context, m *editor.Media, stream int) (Loudness, error) {
	l := Loudness{Integrated: quietest, Peak: math.Inf(-1)}
	err := start(ctx, process{
		op: "listening to " + m.Path, program: t.FFmpeg, nice: true,
		args: append(quiet(), editor.LoudnessArgs(m, stream, open)...),
		read: func(r io.Reader) error { return readMetadata(r, l.take) },
	})
	return l, err
}

// take keeps the last value of each kind: they are of all that was heard so
// far.
func (l *Loudness) take(key string, value float64) {
	switch key {
	case "lavfi.r128.I":
		l.Integrated = max(value, quietest)
	case "lavfi.r128.LRA":
		l.Range = value
	case "lavfi.r128.true_peak":
		l.Peak = 20 * math.Log10(value)
	}
}
