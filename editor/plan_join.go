package editor

import (
	"fmt"
	"strings"
)

// Names of the files that a render makes in its folder beside the segments.
const (
	PictureList = "pictures.txt"
	SoundList   = "sounds.txt"
	SoundName   = "sound.m4a"
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

// SoundListText is the content of SoundList.
func (p *Plan) SoundListText() string {
	var b strings.Builder
	b.WriteString("ffconcat version 1.0\n")
	for _, s := range p.Sounds {
		b.WriteString("file " + s.Name + "\n")
	}
	return b.String()
}

// SoundArgs make SoundName of the sounds in SoundList, in a folder that holds
// them. The number of samples is exact; the encoder's priming is hidden by an
// edit list, once.
func (p *Plan) SoundArgs() []string {
	return []string{
		"-f", "concat", "-i", SoundList, "-map", "0:a",
		"-af", fmt.Sprintf("asetpts=N/SR/TB,atrim=end_sample=%d", p.Samples),
		"-c:a", "aac", "-b:a", "192k", "-ar", itoa(int64(p.Output.SampleRate)), "-ac", "2",
		"-map_metadata", "-1", "-f", "mp4",
	}
}

// MuxArgs join the pictures of PictureList by copying and put SoundName beside
// them. The time stamps are set anew from each frame's number: how many frames
// ahead a decoder is depends on what is in a segment, and must not.
func (p *Plan) MuxArgs() []string {
	tick := p.Output.tick()
	setts := fmt.Sprintf("setts=pts=round(PTS/%d)*%d:dts=(N-%d)*%d:duration=%d", tick, tick, reorder, tick, tick)
	return []string{
		"-f", "concat", "-i", PictureList, "-i", SoundName, "-map", "0:v", "-map", "1:a", "-c", "copy",
		"-bsf:v", setts, "-map_metadata", "-1", "-map_chapters", "-1",
		"-video_track_timescale", itoa(p.Output.timescale()), "-movflags", "+faststart", "-f", "mp4",
	}
}
