package audio

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"parley/call"
)

// ErrNotWAV says that a file is not a WAV file of 16-bit samples.
var ErrNotWAV = errors.New("not a WAV file of 16-bit samples; convert it with `ffmpeg -i FILE -c:a pcm_s16le OUT.wav`")

const (
	maxWAV      = 512 << 20 // bytes: 45 minutes of stereo at 48 kHz
	maxChannels = 32
	minRate     = 4000
	maxRate     = 384000
	formatPCM   = 1
	formatExt   = 0xFFFE // the true format is deeper in; 16 bits are PCM all the same
)

// OpenWAV reads a WAV file of 16-bit samples, and returns what plays it in a
// loop, fit for Options.Signal: one channel at 48 kHz, the mean of those in
// the file.
func OpenWAV(path string) (signal func(block []int16), err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening the sound file: %w", err)
	}
	defer file.Close()
	pcm, err := ReadWAV(file)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return loop(pcm), nil
}

func loop(pcm []int16) func(block []int16) {
	at := 0
	return func(block []int16) {
		for len(block) > 0 {
			n := copy(block, pcm[at:])
			block = block[n:]
			at = (at + n) % len(pcm)
		}
	}
}

// ReadWAV reads a WAV file of 16-bit samples to its end, as one channel at
// 48 kHz, at least one sample. Anything else gives ErrNotWAV.
func ReadWAV(r io.Reader) ([]int16, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxWAV+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxWAV {
		return nil, fmt.Errorf("the sound file is larger than %d MB; cut it shorter", maxWAV>>20)
	}
	if len(data) < 12 || string(data[:4]) != "RIFF" || string(data[8:12]) != "WAVE" {
		return nil, ErrNotWAV
	}
	return readChunks(data[12:])
}

// wavFormat is the part of a format chunk that matters.
type wavFormat struct {
	channels int
	rate     int
}

// readChunks looks for the format and then the samples. A file whose writer
// was killed has a data chunk that claims more, or 0 bytes, than there are.
func readChunks(data []byte) ([]int16, error) {
	var format wavFormat
	for len(data) >= 8 {
		name, size := string(data[:4]), int64(binary.LittleEndian.Uint32(data[4:]))
		data = data[8:]
		body := data[:min(size, int64(len(data)))]
		switch name {
		case "fmt ":
			var err error
			if format, err = parseFormat(body); err != nil {
				return nil, err
			}
		case "data":
			return convert(body, format)
		}
		data = data[min(size+size%2, int64(len(data))):]
	}
	return nil, ErrNotWAV
}

func parseFormat(b []byte) (wavFormat, error) {
	if len(b) < 16 {
		return wavFormat{}, ErrNotWAV
	}
	u16 := binary.LittleEndian.Uint16
	coding, bits := u16(b), u16(b[14:])
	f := wavFormat{channels: int(u16(b[2:])), rate: int(binary.LittleEndian.Uint32(b[4:]))}
	if coding != formatPCM && coding != formatExt || bits != 16 ||
		f.channels < 1 || f.channels > maxChannels || f.rate < minRate || f.rate > maxRate {
		return wavFormat{}, ErrNotWAV
	}
	return f, nil
}

// convert mixes the channels and changes the rate to 48 kHz.
func convert(data []byte, f wavFormat) ([]int16, error) {
	if f.channels == 0 || len(data) < 2*f.channels {
		return nil, ErrNotWAV
	}
	mono := make([]int16, len(data)/(2*f.channels))
	for i := range mono {
		sum := 0
		for c := range f.channels {
			sum += int(int16(binary.LittleEndian.Uint16(data[2*(i*f.channels+c):])))
		}
		mono[i] = int16(sum / f.channels)
	}
	return resample(mono, f.rate), nil
}

// resample interpolates linearly, which is enough for a test signal.
func resample(pcm []int16, rate int) []int16 {
	if rate == call.SampleRate {
		return pcm
	}
	out := make([]int16, max(1, len(pcm)*call.SampleRate/rate))
	for i := range out {
		at := i * rate
		whole, part := at/call.SampleRate, at%call.SampleRate
		a := int(pcm[min(whole, len(pcm)-1)])
		b := int(pcm[min(whole+1, len(pcm)-1)])
		out[i] = int16(a + (b-a)*part/call.SampleRate)
	}
	return out
}
