package record

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// stream turns the access units of one codec into Matroska blocks. It is used
// by one goroutine and survives any bytes.
type stream interface {
	// block appends what belongs into the file to buf[:0]. It returns nothing
	// for a unit that cannot be part of a stream. A unit before which no key
	// unit came is the caller's to leave out.
	block(unit, buf []byte) (block []byte, key bool)
	// size is the picture's size since the last key unit; ok is false before.
	size() (width, height int, ok bool)
	// header describes the stream; it is called after a key unit.
	header() mkvTrack
}

// errCodec says that a stream's codec is not one that is kept.
var errCodec = errors.New("its codec cannot be recorded")

func newStream(codec string) (stream, error) {
	switch codec {
	case H264:
		return &avcStream{}, nil
	case VP8:
		return &vp8Stream{}, nil
	}
	return nil, fmt.Errorf("%w (%.20q; H264 and VP8 can)", errCodec, codec)
}

// maxSets bounds the parameter sets that a stream may have at a time.
const maxSets = 32

// avcStream is H.264 on its way from Annex B to NAL units with their length
// before them (ISO/IEC 14496-15). The parameter sets stay in the stream, and
// each key frame has them, so that it can change its size in mid-file.
type avcStream struct {
	sps, pps [][]byte
	seq      sequence
	known    bool
}

func (s *avcStream) block(unit, buf []byte) ([]byte, bool) {
	buf = buf[:0]
	key := s.learn(unit)
	if key && !s.ready() {
		return nil, false
	}
	if key {
		buf = appendNALs(appendNALs(buf, s.sps), s.pps)
	}
	for nal, rest := nextNAL(unit); nal != nil; nal, rest = nextNAL(rest) {
		switch kind := nal[0] & 0x1f; {
		case kind == nalDelimiter || kind == nalFiller:
		case key && (kind == nalSPS || kind == nalPPS): // stands there already
		default:
			buf = appendNAL(buf, nal)
		}
	}
	return buf, key
}

func (s *avcStream) ready() bool { return s.known && len(s.sps) > 0 && len(s.pps) > 0 }

// learn keeps a unit's parameter sets and says whether it is a key frame. A
// unit with sequence parameter sets makes the older sets void.
func (s *avcStream) learn(unit []byte) (key bool) {
	fresh := false
	for nal, rest := nextNAL(unit); nal != nil; nal, rest = nextNAL(rest) {
		switch nal[0] & 0x1f {
		case nalIDR:
			key = true
		case nalSPS:
			if !fresh {
				fresh, s.sps, s.pps = true, s.sps[:0], s.pps[:0]
			}
			s.learnSPS(nal)
		case nalPPS:
			s.pps = keepSet(s.pps, nal)
		}
	}
	return key
}

func (s *avcStream) learnSPS(nal []byte) {
	seq, ok := parseSPS(nal)
	if !ok || len(nal) > 0xffff {
		return
	}
	if len(s.sps) == 0 {
		s.seq, s.known = seq, true
	}
	s.sps = keepSet(s.sps, nal)
}

// keepSet adds a copy of a parameter set unless it is there already, reusing
// the memory behind the list's end.
func keepSet(sets [][]byte, nal []byte) [][]byte {
	for _, have := range sets {
		if string(have) == string(nal) {
			return sets
		}
	}
	if len(sets) == maxSets || len(nal) > 0xffff {
		return sets
	}
	var old []byte
	if len(sets) < cap(sets) {
		old = sets[:len(sets)+1][len(sets)]
	}
	return append(sets, append(old[:0], nal...))
}

func appendNALs(buf []byte, nals [][]byte) []byte {
	for _, nal := range nals {
		buf = appendNAL(buf, nal)
	}
	return buf
}

func appendNAL(buf, nal []byte) []byte {
	return append(binary.BigEndian.AppendUint32(buf, uint32(len(nal))), nal...)
}

func (s *avcStream) size() (width, height int, ok bool) {
	return s.seq.width, s.seq.height, s.known
}

func (s *avcStream) header() mkvTrack {
	return videoHeader("V_MPEG4/ISO/AVC", s.config(), s.seq.width, s.seq.height)
}

// config is an AVCDecoderConfigurationRecord (ISO/IEC 14496-15 section 5.3.3.1).
func (s *avcStream) config() []byte {
	b := []byte{1, s.seq.profile, s.seq.compat, s.seq.level, 0xfc | 3, 0xe0 | byte(min(len(s.sps), 31))}
	b = appendSets(b, s.sps[:min(len(s.sps), 31)])
	b = appendSets(append(b, byte(len(s.pps))), s.pps)
	switch s.seq.profile {
	case 100, 110, 122, 144:
		b = append(b, 0xfc|byte(s.seq.chroma), 0xf8|byte(s.seq.lumaDepth), 0xf8|byte(s.seq.chromaDepth), 0)
	}
	return b
}

func appendSets(b []byte, sets [][]byte) []byte {
	for _, set := range sets {
		b = append(binary.BigEndian.AppendUint16(b, uint16(len(set))), set...)
	}
	return b
}

// vp8Stream is VP8, which Matroska holds as it is.
type vp8Stream struct {
	width, height int
	known         bool
}

func (s *vp8Stream) block(unit, buf []byte) ([]byte, bool) {
	if len(unit) < 3 {
		return nil, false
	}
	key := unit[0]&1 == 0
	if key {
		w, h, ok := vp8Size(unit)
		if !ok {
			return nil, false
		}
		s.width, s.height, s.known = w, h, true
	}
	return append(buf[:0], unit...), key
}

func (s *vp8Stream) size() (width, height int, ok bool) { return s.width, s.height, s.known }

func (s *vp8Stream) header() mkvTrack { return videoHeader("V_VP8", nil, s.width, s.height) }

// vp8Size reads a key frame's size (RFC 6386 section 9.1).
func vp8Size(unit []byte) (width, height int, ok bool) {
	if len(unit) < 10 || unit[0]&1 != 0 || string(unit[3:6]) != "\x9d\x01\x2a" {
		return 0, 0, false
	}
	width = int(binary.LittleEndian.Uint16(unit[6:])) & 0x3fff
	height = int(binary.LittleEndian.Uint16(unit[8:])) & 0x3fff
	return width, height, width > 0 && height > 0
}

// What call.Picture holds, and neither H.264 nor VP8 tells here, in Matroska's
// numbers: without it a player guesses the matrix by the picture's size.
const (
	matrixBT601  = 6
	limitedRange = 1
)

func videoHeader(codec string, private []byte, width, height int) mkvTrack {
	return mkvTrack{
		CodecID: codec, CodecPrivate: private, TrackType: mkvTypeVideo,
		Video: &mkvVideo{
			PixelWidth: uint64(width), PixelHeight: uint64(height),
			Colour: mkvColour{MatrixCoefficients: matrixBT601, Range: limitedRange},
		},
	}
}
