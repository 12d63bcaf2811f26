package ffmpeg

import (
	"math"
	"strings"

	"parley/editor"
)

// stream is the domain's form of one stream.
func (a answerStream) stream() editor.Stream {
	s := editor.Stream{
		Index:    a.Index,
		Kind:     a.kind(),
		Codec:    known(a.Codec),
		Profile:  known(a.Profile),
		Language: a.language(),
		Cover:    a.Disposition["attached_pic"] == 1,
		Frames:   max(integer(a.Frames), 0),
	}
	a.times(&s)
	switch s.Kind {
	case editor.VideoStream:
		a.picture(&s)
	case editor.AudioStream:
		s.SampleRate = int(min(max(integer(a.SampleRate), 0), 1<<24))
		s.Channels = min(max(a.Channels, 0), 1<<10)
		s.Layout = a.layout()
	}
	return s
}

// after has the picture of an AVI begin where ffmpeg shows its first frame. The
// container has no times of showing: what ffmpeg takes for them are those of
// decoding, which are earlier by as many frames as are put into another order.
func after(s editor.Stream, format string, reorder int) editor.Stream {
	if format == "avi" && s.Kind == editor.VideoStream && s.FrameRate.Known() && reorder > 0 && reorder < 17 {
		s.Start = s.Start.Add(editor.Frames(int64(reorder), s.FrameRate))
	}
	return s
}

// untold is the kind of a stream of which nothing is known yet; drop leaves
// none behind.
const untold editor.StreamKind = ""

// kind falls back on what else is told: codec_type is absent for a stream
// that the header names and no packet was seen of.
func (a answerStream) kind() editor.StreamKind {
	switch kind := editor.StreamKind(a.Type); kind {
	case editor.VideoStream, editor.AudioStream, editor.SubtitleStream:
		return kind
	case editor.DataStream:
		return kind
	}
	switch {
	case a.Width > 0 || a.PixelFormat != "":
		return editor.VideoStream
	case a.Channels > 0 || integer(a.SampleRate) > 0:
		return editor.AudioStream
	}
	return untold
}

func (a answerStream) language() string {
	if l := a.Tags["language"]; l != "und" && len(l) <= 35 { // RFC 5646 section 4.4.1
		return l
	}
	return ""
}

// layout names what ffprobe leaves unnamed.
func (a answerStream) layout() string {
	switch {
	case known(a.Layout) != "":
		return a.Layout
	case a.Channels == 1:
		return "mono"
	case a.Channels == 2:
		return "stereo"
	}
	return ""
}

// times are exact where ffprobe gives ticks.
func (a answerStream) times(s *editor.Stream) {
	s.Start = seconds(a.Start)
	s.Duration = seconds(a.Duration).Max(editor.Time{})
	base := ratio(a.TimeBase)
	if !base.Known() {
		return
	}
	s.TimeBase = editor.Rational(base.Num, base.Den)
	if t, ok := ticks(a.StartTicks, base); ok {
		s.Start = t
	}
	if t, ok := ticks(a.DurationTicks, base); ok && t.Num() > 0 {
		s.Duration = t
	}
}

func ticks(n *int64, base editor.Ratio) (editor.Time, bool) {
	if n == nil || math.Abs(float64(*n)*base.Float()) > maxSeconds || *n > math.MaxInt64/base.Num || *n < -math.MaxInt64/base.Num {
		return editor.Time{}, false
	}
	return editor.Rational(*n*base.Num, base.Den), true
}

// picture fills in what only a video stream has.
func (a answerStream) picture(s *editor.Stream) {
	s.CodedWidth, s.CodedHeight = pixels(a.Width), pixels(a.Height)
	s.SAR = ratio(a.SAR)
	if !s.SAR.Known() {
		s.SAR = editor.Ratio{Num: 1, Den: 1}
	}
	s.FrameRate, s.AverageRate = ratio(a.BaseRate), ratio(a.AverageRate)
	s.PixelFormat = known(a.PixelFormat)
	s.FullRange = a.Range == "pc" || strings.HasPrefix(s.PixelFormat, "yuvj")
	s.ColorSpace, s.ColorTransfer, s.ColorPrimaries = known(a.Space), known(a.Transfer), known(a.Primaries)
	s.Interlaced = interlaced(a.FieldOrder)
	s.Alpha = hasAlpha(s.PixelFormat) || a.Tags["alpha_mode"] == "1" || a.Tags["ALPHA_MODE"] == "1"
	turn(s, a.SideData)
	display(s)
}

// pixels believes what a picture's side can be.
func pixels(n int) int {
	if n < 0 || n > maxPicture {
		return 0
	}
	return n
}

// turn takes the rotation from a display matrix. ffprobe gives the angle
// counter-clockwise; an angle that is no quarter turn is rounded to one.
func turn(s *editor.Stream, data []answerSideData) {
	for _, d := range data {
		if d.Rotation != nil && !math.IsNaN(*d.Rotation) && math.Abs(*d.Rotation) <= 360 {
			quarters := int(math.Round(-*d.Rotation/90)) % 4
			s.Rotation = (quarters + 4) % 4 * 90
		}
	}
}

// apply takes from a decoded frame what the stream does not tell: the EXIF
// orientation of a JPEG, and the format of a picture whose header is silent.
func (f answerFrame) apply(s *editor.Stream) {
	if s.CodedWidth == 0 || s.CodedHeight == 0 {
		s.CodedWidth, s.CodedHeight = pixels(f.Width), pixels(f.Height)
	}
	if s.PixelFormat == "" {
		s.PixelFormat = known(f.PixelFormat)
		s.Alpha = s.Alpha || hasAlpha(s.PixelFormat)
	}
	turn(s, f.SideData)
	display(s)
}

// display works out the size as displayed: the width is stretched to square
// pixels, then the picture is turned.
func display(s *editor.Stream) {
	w := int(min(math.Round(float64(s.CodedWidth)*s.SAR.Float()), maxPicture))
	if s.CodedWidth > 0 {
		w = max(w, 1)
	}
	s.Width, s.Height = w, s.CodedHeight
	if s.Rotation%180 == 90 {
		s.Width, s.Height = s.Height, s.Width
	}
}

func interlaced(order string) bool {
	switch order {
	case "tt", "bb", "tb", "bt":
		return true
	}
	return false
}

// hasAlpha goes by ffmpeg's names of pixel formats.
func hasAlpha(format string) bool {
	for _, prefix := range []string{"yuva", "rgba", "bgra", "argb", "abgr", "gbrap", "ya8", "ya16", "pal8", "ayuv", "vuya"} {
		if strings.HasPrefix(format, prefix) {
			return true
		}
	}
	return false
}
