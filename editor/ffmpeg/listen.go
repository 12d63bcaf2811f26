package ffmpeg

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"parley/editor"
)

// longestListen bounds what is listened to at once, in samples: two days.
const longestListen = 48 * 3600 * editor.LevelRate

// Levels satisfies editor.Listener.
func (t *Tools) Levels(ctx context.Context, m *editor.Media, stream int, from, to, step editor.Time) ([]float64, error) {
	size, n := step.SamplesRound(editor.LevelRate), to.Sub(from).SamplesRound(editor.LevelRate)
	if size < 1 || n < 0 || n > longestListen {
		return nil, fmt.Errorf("%s cannot be measured from %s s to %s s every %s s", m.Path, from, to, step)
	}
	var levels []float64
	err := start(ctx, process{
		op: "listening to " + m.Path, program: t.FFmpeg, nice: true,
		args: append(quiet(), editor.LevelArgs(m, stream, from, n, open)...),
		read: func(r io.Reader) (err error) {
			levels, err = readLevels(r, int(size))
			return err
		},
	})
	return levels, err
}

// quiet are the options of a run whose standard output is read.
func quiet() []string { return []string{"-nostdin", "-hide_banner", "-loglevel", "error", "-nostats"} }

// open is the input of a file.
func open(m *editor.Media) []string {
	return append(InputOptions(m), "-i", InputArg(m.Path))
}

// readLevels reads float32 samples and gives the power of each size of them,
// in dB.
func readLevels(r io.Reader, size int) ([]float64, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	buf := make([]byte, 4*size)
	var levels []float64
	for {
		n, err := io.ReadFull(in, buf)
		if n >= 4 {
			levels = append(levels, level(buf[:n/4*4]))
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return levels, nil
		}
		if err != nil {
			return levels, err
		}
	}
}

func level(samples []byte) float64 {
	var sum float64
	for i := 0; i < len(samples); i += 4 {
		v := float64(math.Float32frombits(binary.LittleEndian.Uint32(samples[i:])))
		sum += v * v
	}
	db := 10 * math.Log10(sum/float64(len(samples)/4))
	if !(db > editor.SilentLevel) { // no number, too
		return editor.SilentLevel
	}
	return min(db, 0)
}
