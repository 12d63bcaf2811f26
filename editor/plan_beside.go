package editor

import "strconv"

// Names of the files that a render writes for what goes into a film beside
// its pictures and its sound.
const (
	ChapterFile  = "chapters.txt"
	SubtitleFile = "subtitles.txt"
)

// beside plans the chapters and the subtitle track of a film, as far as its
// format has them.
func (p *Plan) beside(t Timeline, lib Library) {
	end := Frames(p.Frames, p.Output.Rate)
	if p.Output.Format.chaptered() {
		p.Chapters = ChapterMetadata(t.Chapters(), end)
	}
	track := p.Master.Subtitles == "" || p.Master.Subtitles == SubtitleTrack
	if cues := t.Cues(lib); track && len(cues) > 0 && p.Output.Format.captioned() {
		p.Subtitles = p.subtitles(oneByOne(cues, end))
	}
}

// subtitles is the track as text: what comes out of ffmpeg exactly as it was.
// What it makes of WebVTT for MP4 has backslashes before braces.
func (p *Plan) subtitles(cues []Cue) string {
	if p.Output.Format == WebM {
		return WebVTT(cues)
	}
	return SRT(cues)
}

// chaptered says whether a file of the format can name chapters. Ogg could,
// but ffmpeg 5 writes them there up to a second too late.
func (f Format) chaptered() bool { return f.Heard() && f != Opus }

// captioned says whether a file of the format can have a subtitle track.
func (f Format) captioned() bool { return f.Seen() && f.Heard() }

// besideArgs are the further inputs of the join, of which the first has the
// number n, and what is made of them. What the segments say of themselves is of
// no use to anybody; chapters lose their titles, though, unless it is left out
// of the file and of its streams alone.
func (p *Plan) besideArgs(n int) (inputs, outputs []string) {
	outputs = []string{"-map_metadata", "-1", "-map_chapters", "-1"}
	if p.Chapters != "" {
		inputs = append(inputs, "-f", "ffmetadata", "-i", ChapterFile)
		outputs = []string{"-map_metadata:g", "-1", "-map_metadata:s", "-1", "-map_chapters", strconv.Itoa(n)}
		n++
	}
	if p.Subtitles != "" {
		read, codec := "srt", "mov_text"
		if p.Output.Format == WebM {
			read, codec = "webvtt", "copy"
		}
		inputs = append(inputs, "-f", read, "-i", SubtitleFile)
		outputs = append(outputs, "-map", strconv.Itoa(n)+":s", "-c:s", codec)
	}
	return inputs, outputs
}
