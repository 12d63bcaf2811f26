package editui

import (
	"fmt"
	"math"
	"strings"

	"fyne.io/fyne/v2/lang"

	"parley/editor"
)

// inspector tells about the selected clip.
func (p *Presenter) inspector(m Model) Inspector {
	c := m.Clips[m.Selected]
	s := p.library[c.Source]
	i := Inspector{On: true, Clip: c, Place: m.Selected + 1, Of: len(m.Clips), PreviewTime: p.moment()}
	if p.preview != nil {
		i.PreviewTime = *p.preview
	}
	i.Facts = factsOf(c, s)
	i.CanArrange = s.Recording != nil && len(parties(s)) > 1
	return i
}

// rate is that of a clip's pictures, unknown for sound and stills.
func (p *Presenter) rate(c editor.Clip) editor.Ratio {
	v, ok := p.library[c.Source].Picture()
	if !ok || c.Kind == editor.StillClip {
		return editor.Ratio{}
	}
	if v.FrameRate.Known() {
		return v.FrameRate
	}
	return v.AverageRate
}

// parties are the sides of a call that have a picture, from left to right.
func parties(s editor.Source) []editor.Track {
	if s.Recording == nil {
		return nil
	}
	var tracks []editor.Track
	for _, who := range []editor.Party{editor.Me, editor.Them} {
		for _, t := range s.Recording.Of(editor.VideoStream) {
			if t.Who == who && s.Tracks[t.ID] != nil {
				tracks = append(tracks, t)
				break
			}
		}
	}
	return tracks
}

// factsOf are the lines of the inspector.
func factsOf(c Clip, s editor.Source) []Fact {
	if c.Missing {
		return []Fact{{say("Missing"), verbatim(c.Source)}}
	}
	facts := []Fact{{say("Kind"), kindOf(c, s)}}
	add := func(name Text, value string) {
		if value != "" {
			facts = append(facts, Fact{name, verbatim(value)})
		}
	}
	media := s.Media
	if s.Recording != nil {
		media = firstTrack(s, editor.VideoStream)
	}
	if media != nil {
		if v, ok := media.Video(); ok {
			add(say("Size"), sizeOf(v))
			if c.Kind != editor.StillClip {
				add(say("Rate"), rateOf(v))
			}
			add(say("Picture"), codecOf(v.Codec, v.Profile)+colourOf(v))
		}
	}
	add(say("Sound"), soundOf(s))
	if c.Kind != editor.StillClip {
		add(say("Length"), showMoment(c.Available))
		if s.Media != nil {
			add(say("Starts at"), startOf(s.Media))
		}
	}
	return facts
}

func firstTrack(s editor.Source, kind editor.StreamKind) *editor.Media {
	for _, t := range s.Recording.Of(kind) {
		if m := s.Tracks[t.ID]; m != nil {
			return m
		}
	}
	return nil
}

func kindOf(c Clip, s editor.Source) Text {
	switch {
	case s.Recording != nil:
		return say("Recorded call")
	case c.Kind == editor.StillClip:
		return say("Picture")
	case !c.Picture:
		return say("Sound")
	case s.Media != nil && s.Media.Animated:
		return say("Animation")
	}
	return say("Clip")
}

func sizeOf(v *editor.Stream) string {
	if v.Width <= 0 || v.Height <= 0 {
		return ""
	}
	size := fmt.Sprintf("%d × %d", v.Width, v.Height)
	if v.VariableSize {
		size += ", " + lang.L("changing")
	}
	if v.Rotation != 0 {
		size += ", " + lang.L("turned by {{.Degrees}}°", map[string]any{"Degrees": v.Rotation})
	}
	return size
}

func rateOf(v *editor.Stream) string {
	switch rate := showRate(v.FrameRate); {
	case v.VariableRate && v.AverageRate.Known():
		return tr(sayOf("about {{.Rate}} fps, variable", "Rate", showRate(v.AverageRate)))
	case !v.FrameRate.Known():
		return ""
	case v.VariableRate:
		return tr(sayOf("{{.Rate}} fps, variable", "Rate", rate))
	default:
		return tr(sayOf("{{.Rate}} fps", "Rate", rate))
	}
}

// showRate writes a rate with up to two decimals: "30", "29.97".
func showRate(r editor.Ratio) string {
	return strings.TrimSuffix(strings.TrimSuffix(fmt.Sprintf("%.2f", math.Round(r.Float()*100)/100), "0"), ".0")
}

// codecNames are the names by which people know what ffmpeg calls otherwise.
var codecNames = map[string]string{
	"h264": "H.264", "hevc": "HEVC", "vp8": "VP8", "vp9": "VP9", "av1": "AV1",
	"mjpeg": "JPEG", "png": "PNG", "webp": "WebP", "gif": "GIF", "mpeg4": "MPEG-4",
	"h263": "H.263", "mpeg1video": "MPEG-1", "mpeg2video": "MPEG-2", "theora": "Theora", "prores": "ProRes", "vc1": "VC-1", "wmv3": "WMV 9", "aac": "AAC", "opus": "Opus",
	"mp2": "MP2", "mp3": "MP3", "pcm_s16le": "PCM", "ac3": "AC-3", "wmav2": "WMA", "vorbis": "Vorbis", "flac": "FLAC", "amr_nb": "AMR", "flv1": "Sorenson",
}

func codecOf(codec, profile string) string {
	name, ok := codecNames[codec]
	if !ok {
		name = strings.ToUpper(codec)
	}
	if codec == "h264" && profile != "" {
		name += " " + profile
	}
	return name
}

func colourOf(v *editor.Stream) string {
	text := ""
	if v.FullRange {
		text += ", " + lang.L("full range")
	}
	if v.ColorTransfer == "smpte2084" || v.ColorTransfer == "arib-std-b67" {
		text += ", HDR"
	}
	if v.Interlaced {
		text += ", " + lang.L("interlaced")
	}
	return text
}

// soundOf tells of the first sound stream, or the sounds of a recording.
func soundOf(s editor.Source) string {
	media := s.Media
	if s.Recording != nil {
		media = firstTrack(s, editor.AudioStream)
	}
	if media == nil || media.Still {
		return ""
	}
	a, ok := media.Audio()
	if !ok {
		return lang.L("none")
	}
	return fmt.Sprintf("%s, %s kHz, %s", codecOf(a.Codec, ""), trimZero(float64(a.SampleRate)/1000), channelsOf(a))
}

func trimZero(f float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", f), ".0") }

func channelsOf(a *editor.Stream) string {
	if a.Layout != "" {
		return a.Layout
	}
	return lang.L("{{.N}} channels", map[string]any{"N": a.Channels})
}

// startOf tells of time stamps that do not begin near 0, which surprise.
func startOf(m *editor.Media) string {
	if start := m.Start; math.Abs(start.Float()) >= 0.001 {
		return showMoment(start)
	}
	return ""
}

// filmFacts describes a film that was made.
func filmFacts(r Report) string {
	var facts []string
	switch {
	case r.Output.Format.Poster():
		facts = append(facts, pixelsOf(r.Output))
	case r.Output.Format.Seen():
		facts = append(facts, outputOf(r.Output), showLength(r.Duration))
	default:
		facts = append(facts, showLength(r.Duration))
	}
	facts = append(facts, showBytes(r.Size))
	if copied := showCopied(r.Copied); copied != "" {
		facts = append(facts, copied)
	}
	return strings.Join(facts, " · ")
}

// showCopied is how much of a film is its sources as they are: "92 % copied".
func showCopied(share float64) string {
	percent := int(share * 100) // all means all
	if percent <= 0 {
		return ""
	}
	return lang.L("{{.Percent}} % copied", map[string]any{"Percent": percent})
}

// outputOf describes what a film is made as.
func outputOf(o editor.Output) string {
	return pixelsOf(o) + " · " + tr(sayOf("{{.Rate}} fps", "Rate", showRate(o.Rate)))
}

func pixelsOf(o editor.Output) string { return fmt.Sprintf("%d × %d", o.Width, o.Height) }

func showBytes(n int64) string {
	switch {
	case n >= 1e9:
		return fmt.Sprintf("%.1f GB", float64(n)/1e9)
	case n >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.0f kB", math.Ceil(float64(n)/1e3))
}
