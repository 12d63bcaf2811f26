package ffmpeg

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"parley/editor"
)

// waveRate is how many samples a second a waveform is made from: what is
// louder than its neighbour in a drawing shows well below speech's 4 kHz.
const waveRate = 8000

// waveEvery is how often a growing waveform is told of.
const waveEvery = 400 * time.Millisecond

// maxPeaks bounds a waveform: three days.
const maxPeaks = 3 * 24 * 3600 * editor.PeakRate

// Waveform reads the sound of a file that Probe described, once, and returns
// its peaks, the first of them at the file's first moment (Media.Origin).
// track counts its sound streams from 0. grew may be nil; it is called from
// this goroutine with what there is so far, which it must copy to keep.
func (t *Tools) Waveform(ctx context.Context, m *editor.Media, track int, grew func([]editor.Peak)) (peaks []editor.Peak, err error) {
	if _, ok := m.Audio(); !ok {
		return nil, nil
	}
	args := append(InputOptions(m), "-i", InputArg(m.Path), "-map", "0:a:"+strconv.Itoa(track), "-vn", "-sn", "-dn",
		"-af", fmt.Sprintf("aresample=%d:async=1:first_pts=0,aformat=sample_fmts=s16:channel_layouts=mono", waveRate),
		"-c:a", "pcm_s16le", "-f", "s16le", "pipe:1")
	samples, err := t.Stream(ctx, Command{Op: "waveform of " + m.Path, Args: args, Nice: true})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, samples.Close()) }()
	skip := m.Origin().Sub(m.Start).SamplesRound(editor.PeakRate)
	return readPeaks(samples, skip, grew)
}

// readPeaks reads samples to their end; the first skip peaks are left out.
func readPeaks(r io.Reader, skip int64, grew func([]editor.Peak)) ([]editor.Peak, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	var peaks []editor.Peak
	var samples [2 * waveRate / editor.PeakRate]byte
	told := time.Now()
	for len(peaks) < maxPeaks {
		n, err := io.ReadFull(in, samples[:])
		if errors.Is(err, io.EOF) {
			break
		}
		if n > 1 && skip <= 0 {
			peaks = append(peaks, peakOf(samples[:n/2*2]))
		}
		skip--
		if errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if grew != nil && len(peaks)%1000 == 0 && time.Since(told) > waveEvery {
			grew(peaks)
			told = time.Now()
		}
	}
	return peaks, nil
}

// peakOf is the lowest and highest of some samples of 16 bits.
func peakOf(samples []byte) editor.Peak {
	low, high := int16(0), int16(0)
	for i := 0; i+1 < len(samples); i += 2 {
		s := int16(uint16(samples[i]) | uint16(samples[i+1])<<8)
		low, high = min(low, s), max(high, s)
	}
	return editor.Peak{Low: int8(low >> 8), High: int8(high >> 8)}
}
