package editor

import (
	"fmt"
	"strconv"
)

// SoundBits is the usual bit rate of a film's sound, in bit/s.
const (
	aacBits  = 192_000
	opusBits = 128_000
)

// compressSound are the arguments that compress the film's sound.
func (o Output) compressSound() []string {
	if o.opus() {
		return []string{"-c:a", "libopus", "-b:a", strconv.Itoa(o.soundBits()), "-ar", "48000", "-ac", "2"}
	}
	return append([]string{"-c:a", "aac", "-b:a", kilo(o.soundBits()), "-ar", strconv.Itoa(o.SampleRate), "-ac", "2"}, aacTools...)
}

// Packed says whether the film's sound is AAC, which can be put together from
// packets.
func (o Output) Packed() bool { return o.Format.Heard() && o.Format != WebM && o.Format != Opus }

// aacTools make ffmpeg's AAC encoder three times faster than it usually is,
// and what it makes better: at every bit rate from 64 kbit/s on, less of the
// noise comes above what the sound itself masks. What is left out draws noise
// at random and makes one channel of two.
var aacTools = []string{"-aac_coder", "fast", "-aac_pns", "0", "-aac_is", "0"}

// soundBits is the bit rate of the film's sound, in bit/s.
func (o Output) soundBits() int {
	switch {
	case !o.Format.Heard():
		return 0
	case o.SoundBits > 0:
		return o.SoundBits
	case o.opus():
		return opusBits
	}
	return aacBits
}

// opus says whether the film's sound is Opus; else it is AAC.
func (o Output) opus() bool { return o.Format == WebM || o.Format == Opus }

// soundFile is the container in which the compressed sound waits for the
// film's: one that tells exactly how long the sound is.
func (o Output) soundFile() string {
	if o.opus() {
		return "ogg"
	}
	return "mp4"
}

// opusDelay puts Opus off in WebM by what its encoder puts before the sound (312
// samples). A block's time counts from there: who plays it takes the track's
// CodecDelay off again (RFC 9559). Since 6.0 ffmpeg's muxer does so
// itself; before, it takes Ogg's times, which are below 0, as they are.
func (o Output) opusDelay(delays bool) []string {
	if o.Format == WebM && !delays {
		return []string{"-itsoffset", "0.0065"}
	}
	return nil
}

func kilo(bits int) string {
	if bits%1000 == 0 {
		return strconv.Itoa(bits/1000) + "k"
	}
	return strconv.Itoa(bits)
}

// stamps set the time stamps of pictures that are joined by copying, each from
// its frame's number; it is shown depth frames later than decoded, at most.
// WebM counts milliseconds and knows no order of decoding.
func (o Output) stamps(depth int64) []string {
	switch {
	case !o.Format.Seen() || o.Format.Poster():
		return nil
	case o.Format == WebM:
		return []string{"-bsf:v", fmt.Sprintf("setts=ts=round(N*%d/%d)", 1000*o.Rate.Den, o.Rate.Num)}
	}
	tick := o.tick()
	return []string{"-bsf:v", fmt.Sprintf("setts=pts=round(PTS/%d)*%d:dts=(N-%d)*%d:duration=%d", tick, tick, depth, tick, tick)}
}

// container are the arguments that write the film's file.
func (o Output) container() []string {
	var tag []string
	switch o.Format {
	case WebM:
		return []string{"-avoid_negative_ts", "disabled", "-cues_to_front", "1", "-f", "webm"}
	case M4A:
		return []string{"-movflags", "+faststart", "-f", "ipod"}
	case Opus:
		return []string{"-f", "ogg"}
	case PNG, JPEG:
		return []string{"-update", "1", "-f", "image2"}
	}
	if o.codec() == HEVC {
		tag = []string{"-tag:v", "hvc1"}
	}
	return append(tag, "-video_track_timescale", itoa(o.timescale()), "-movflags", "+faststart", "-f", "mp4")
}
