package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"parley/call"
)

// The source of the test: what Parley's pattern and tone give live, as files.
const (
	width, height = 1280, 720
	frameRate     = 30
	loopFrames    = 10 * frameRate
	loopSound     = 16 * time.Second // after which the tone's code repeats
)

// source draws any picture of the test again.
type source struct {
	pattern *call.Pattern
	pic     call.Picture
}

func newSource() *source { return &source{pattern: call.NewPattern(width, height, frameRate)} }

// live is the picture that a Parley drew with that number at that time.
func (s *source) live(number int64, drawn time.Time) *call.Picture {
	s.pattern.Draw(&s.pic, uint32(number), drawn)
	return &s.pic
}

// looped is a picture of the Y4M. Its movement goes forth and back, so that
// no cut is seen where the loop closes.
func (s *source) looped(number int64) *call.Picture {
	place := number % loopFrames
	if place > loopFrames/2 {
		place = loopFrames - place
	}
	s.pattern.Draw(&s.pic, uint32(number), time.Unix(0, 0).Add(time.Duration(place)*time.Second/frameRate))
	return &s.pic
}

// sourceFiles are what Chromium's fake devices read.
type sourceFiles struct{ picture, sound string }

func filesIn(dir string) sourceFiles {
	return sourceFiles{filepath.Join(dir, "source.y4m"), filepath.Join(dir, "source.wav")}
}

func (f sourceFiles) write() error {
	return errors.Join(writeFile(f.picture, writeY4M), writeFile(f.sound, writeWAV))
}

func writeFile(path string, write func(io.Writer) error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(file, 1<<20)
	return errors.Join(write(w), w.Flush(), file.Close())
}

func writeY4M(w io.Writer) error {
	if _, err := fmt.Fprintf(w, "YUV4MPEG2 W%d H%d F%d:1 Ip A1:1 C420jpeg\n", width, height, frameRate); err != nil {
		return err
	}
	s := newSource()
	for n := range int64(loopFrames) {
		pic := s.looped(n)
		for _, part := range [][]byte{[]byte("FRAME\n"), pic.Y, pic.Cb, pic.Cr} {
			if _, err := w.Write(part); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeWAV writes the test tone, 48 kHz, one channel, 16 bit.
func writeWAV(w io.Writer) error {
	total := uint32(call.SampleRate * int(loopSound/time.Second))
	head := struct {
		Riff         [4]byte
		Size         uint32
		Wave, Fmt    [4]byte
		FmtSize      uint32
		Format, Many uint16
		Rate, Bytes  uint32
		Align, Bits  uint16
		Data         [4]byte
		DataSize     uint32
	}{
		[4]byte([]byte("RIFF")), 36 + 2*total, [4]byte([]byte("WAVE")), [4]byte([]byte("fmt ")),
		16, 1, 1, call.SampleRate, 2 * call.SampleRate, 2, 16, [4]byte([]byte("data")), 2 * total,
	}
	if err := binary.Write(w, binary.LittleEndian, head); err != nil {
		return err
	}
	at := time.Unix(0, 0)
	tone := call.NewTone(func() time.Time { return at })
	block := make([]int16, call.SampleRate/100)
	for range total / uint32(len(block)) {
		tone.Fill(block)
		at = at.Add(10 * time.Millisecond)
		if err := binary.Write(w, binary.LittleEndian, block); err != nil {
			return err
		}
	}
	return nil
}
