package aac

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

// Stream is the packets of an ADTS stream, which stay where they are: in
// memory there is only an index.
type Stream struct {
	Config  Config
	from    io.ReaderAt
	packets []packet
}

// packet is where a packet is, without its header.
type packet struct {
	at     int64
	size   int32
	window Window
}

// maxPackets bounds a stream: a day at 96 kHz.
const maxPackets = 24 * 3600 * 96000 / FrameSamples

// ReadStream reads an ADTS stream of size bytes from its beginning to its end.
// Anything in it that is not AAC-LC of one Config is ErrStream. The stream
// goes on reading from r.
func ReadStream(r io.ReaderAt, size int64) (*Stream, error) {
	s := &Stream{from: r}
	in := bufio.NewReaderSize(io.NewSectionReader(r, 0, size), 1<<16)
	var at int64
	for {
		peek, err := in.Peek(headerSize)
		if errors.Is(err, io.EOF) && len(peek) == 0 {
			return s, s.check()
		}
		if err != nil {
			return nil, fmt.Errorf("%w: it ends in a header: %w", ErrStream, err)
		}
		h, err := parseHeader(peek)
		if err != nil {
			return nil, err
		}
		frame, err := in.Peek(h.frame)
		if err != nil {
			return nil, fmt.Errorf("%w: it ends in a packet: %w", ErrStream, err)
		}
		if err := s.add(h, at, frame); err != nil {
			return nil, err
		}
		if _, err := in.Discard(h.frame); err != nil {
			return nil, err
		}
		at += int64(h.frame)
	}
}

func (s *Stream) add(h header, at int64, frame []byte) error {
	switch {
	case len(s.packets) == 0:
		s.Config = h.config
	case h.config != s.Config:
		return fmt.Errorf("%w: it changes in its course", ErrStream)
	case len(s.packets) >= maxPackets:
		return fmt.Errorf("%w: it is longer than a day", ErrStream)
	}
	s.packets = append(s.packets, packet{at + int64(h.size), int32(h.frame - h.size), windowOf(frame[h.size:])})
	return nil
}

func (s *Stream) check() error {
	if len(s.packets) == 0 {
		return fmt.Errorf("%w: it is empty", ErrStream)
	}
	return nil
}

// Len is the number of packets.
func (s *Stream) Len() int64 { return int64(len(s.packets)) }

// BitRate is how many bits a second of the stream has.
func (s *Stream) BitRate() int {
	var bytes int64
	for _, p := range s.packets {
		bytes += int64(p.size)
	}
	return int(8 * bytes * int64(s.Config.Rate) / (s.Len() * FrameSamples))
}

// Window is the window of a packet; that of one that is not there is not
// known.
func (s *Stream) Window(n int64) Window {
	if n < 0 || n >= s.Len() {
		return Window{}
	}
	return s.packets[n].window
}

// Copy writes the packets from number from to before number to, each with
// a header of its own.
func (s *Stream) Copy(w io.Writer, from, to int64) error {
	if from < 0 || to > s.Len() || from > to {
		return fmt.Errorf("%w: packets %d to %d of %d", ErrStream, from, to, s.Len())
	}
	buf := make([]byte, 0, maxFrame)
	for _, p := range s.packets[from:to] {
		framed, err := s.Config.appendHeader(buf[:0], int(p.size))
		if err != nil {
			return err
		}
		n := len(framed)
		framed = framed[:n+int(p.size)]
		if _, err := s.from.ReadAt(framed[n:], p.at); err != nil {
			return fmt.Errorf("reading a packet: %w", err)
		}
		if _, err := w.Write(framed); err != nil {
			return err
		}
	}
	return nil
}
