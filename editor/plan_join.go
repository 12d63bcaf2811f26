package editor

import (
	"fmt"
	"strings"
)

// Names of the files that a render makes in its folder beside the segments.
const (
	PictureList = "pictures.txt"
	SoundName   = "sound.m4a" // Ogg where it is Opus
)

// PictureListText is the content of PictureList. The durations are what the
// segments' frames last, rounded so that no error adds up.
func (p *Plan) PictureListText() string {
	var b strings.Builder
	b.WriteString("ffconcat version 1.0\n")
	var frame, us int64
	for _, piece := range p.Reel {
		s := p.Pictures[piece.Picture]
		for range piece.Times {
			frame += s.Frames
			end := Frames(frame, p.Output.Rate).FrameRound(Ratio{1e6, 1})
			fmt.Fprintf(&b, "file %s\nduration %dus\n", s.Name, end-us)
			us = end
		}
	}
	return b.String()
}

// MuxArgs join the pictures of PictureList by copying and put SoundName beside
// them, with the chapters of ChapterFile and the subtitles of SubtitleFile where
// there are any. The time stamps are set anew from each frame's number: how many frames
// ahead a decoder is depends on what is in a segment, and must not. delays says
// whether this ffmpeg sees to the delay of Opus in WebM.
func (p *Plan) MuxArgs(delays bool) []string {
	var args, maps []string
	if p.Output.Format.Seen() {
		args = append(args, "-f", "concat", "-i", PictureList)
		maps = append(maps, "-map", "0:v")
	}
	if p.Output.Format.Heard() {
		args = append(append(args, p.Output.opusDelay(delays)...), "-i", SoundName)
		maps = append(maps, "-map", fmt.Sprintf("%d:a", len(maps)/2))
	}
	more, beside := p.besideArgs(len(maps) / 2)
	args = append(append(append(args, more...), maps...), "-c", "copy")
	args = append(args, beside...)
	return append(append(args, p.Output.stamps(p.Depth)...), p.Output.container()...)
}
