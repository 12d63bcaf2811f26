package ffmpeg

import (
	"context"
	"io"
	"math"

	"parley/editor"
)

// Frozen satisfies editor.Watcher.
func (t *Tools) Frozen(ctx context.Context, m *editor.Media, stream int, from, to, least editor.Time) ([]editor.Stretch, error) {
	var found frozen
	err := start(ctx, process{
		op: "looking at " + m.Path, program: t.FFmpeg, nice: true,
		args: append(quiet(), editor.FrozenArgs(m, stream, from, to, least, open)...),
		read: func(r io.Reader) error { return readMetadata(r, found.take) },
	})
	return found.stretches(from, to), err
}

// frozen collects what blackdetect and freezedetect tell, in seconds.
type frozen struct{ black, still spells }

func (f *frozen) take(key string, value float64) {
	switch key {
	case "lavfi.black_start":
		f.black.begin(value)
	case "lavfi.black_end":
		f.black.end(value)
	case "lavfi.freezedetect.freeze_start":
		f.still.begin(value)
	case "lavfi.freezedetect.freeze_end":
		f.still.end(value)
	}
}

// stretches are the spells between two time stamps, of which the first is
// their time 0.
func (f *frozen) stretches(from, to editor.Time) []editor.Stretch {
	var all []editor.Stretch
	for _, list := range []spells{f.black, f.still} {
		for _, s := range list {
			stretch := editor.Stretch{From: from.Add(editor.Seconds(s[0])).Max(from), To: to}
			if s[1] < maxSeconds {
				stretch.To = from.Add(editor.Seconds(s[1])).Min(to)
			}
			if stretch.Length().Cmp(editor.Time{}) > 0 {
				all = append(all, stretch)
			}
		}
	}
	return editor.Merged(all)
}

// spells are times from and to; one that has not ended goes on for ever.
type spells [][2]float64

func (s *spells) begin(at float64) {
	if math.Abs(at) < maxSeconds {
		*s = append(*s, [2]float64{at, math.Inf(1)})
	}
}

func (s *spells) end(at float64) {
	if n := len(*s); n > 0 && (*s)[n-1][1] > at {
		(*s)[n-1][1] = at
	}
}
