package aac

import (
	"errors"
	"fmt"
)

// FrameSamples is how many samples of each channel a packet adds.
const FrameSamples = 1024

// Config is what a decoder has to know of a stream. Only AAC-LC with frames of
// 1024 samples is meant; streams of unlike Configs cannot be joined.
type Config struct {
	Rate     int // Hz
	Channels int // 1 or 2
}

// ErrStream is what a stream that is no plain AAC-LC is refused with.
var ErrStream = errors.New("not a plain AAC-LC stream")

// rates are the sample rates by their index in the header.
var rates = [...]int{96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350}

const (
	headerSize = 7
	crcSize    = 2
	maxFrame   = 1<<13 - 1 // of a header and its packet, in bytes
)

// header is an ADTS header: a packet's Config and its place.
type header struct {
	config Config
	size   int // of the header
	frame  int // of header and packet
}

// parseHeader reads the header at the beginning of data, which holds at least
// headerSize bytes.
func parseHeader(data []byte) (header, error) {
	b := &bits{data: data[:headerSize]}
	sync, _, layer := b.take(12), b.take(1), b.take(2)
	protected := b.take(1) == 0
	profile, rate := b.take(2), b.take(4)
	b.skip(1)
	channels := b.take(3)
	b.skip(4)
	h := header{size: headerSize, frame: b.take(13)}
	b.skip(11)
	blocks := b.take(2)
	if protected {
		h.size += crcSize
	}
	switch {
	case sync != 0xfff || layer != 0 || h.frame <= h.size:
		return h, fmt.Errorf("%w: a header is damaged", ErrStream)
	case profile != 1:
		return h, fmt.Errorf("%w: it has the profile %d", ErrStream, profile)
	case rate >= len(rates):
		return h, fmt.Errorf("%w: its sample rate is not a usual one", ErrStream)
	case channels != 1 && channels != 2:
		return h, fmt.Errorf("%w: it has the channel configuration %d", ErrStream, channels)
	case blocks != 0:
		return h, fmt.Errorf("%w: it has several blocks in a packet", ErrStream)
	}
	h.config = Config{Rate: rates[rate], Channels: channels}
	return h, nil
}

// appendHeader writes the header of a packet of size bytes.
func (c Config) appendHeader(to []byte, size int) ([]byte, error) {
	index := -1
	for i, r := range rates {
		if r == c.Rate {
			index = i
		}
	}
	n := size + headerSize
	if index < 0 || c.Channels < 1 || c.Channels > 2 || size <= 0 || n > maxFrame {
		return to, fmt.Errorf("%w: a packet of %d bytes at %d Hz with %d channels has no header", ErrStream, size, c.Rate, c.Channels)
	}
	return append(to,
		0xff, 0xf1,
		byte(1<<6|index<<2|c.Channels>>2),
		byte(c.Channels&3<<6|n>>11),
		byte(n>>3),
		byte(n&7<<5|0x1f),
		0xfc), nil
}
