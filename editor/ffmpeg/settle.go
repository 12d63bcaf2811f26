package ffmpeg

import (
	"fmt"
	"strings"

	"parley/editor"
)

// told says whether every stream of picture or sound says what it is, and
// that there is one.
func told(m *editor.Media) bool {
	for _, s := range m.Streams {
		if !complete(s) {
			return false
		}
	}
	return usable(m)
}

// complete says whether a stream's description is enough to decode it.
func complete(s editor.Stream) bool {
	switch s.Kind {
	case editor.VideoStream:
		return s.Codec != "" && s.CodedWidth > 0 && s.CodedHeight > 0
	case editor.AudioStream:
		return s.Codec != "" && s.SampleRate > 0 && s.Channels > 0
	}
	return s.Kind != untold
}

// drop turns streams that stayed untold into data, so that no film is planned
// with them, and says so.
func drop(m *editor.Media) {
	for i := range m.Streams {
		if s := &m.Streams[i]; !complete(*s) {
			m.Warnings = append(m.Warnings, fmt.Sprintf("stream %d (%s) cannot be read and is left out", s.Index, about(*s)))
			s.Kind = editor.DataStream
		}
	}
}

func about(s editor.Stream) string {
	if text := strings.TrimSpace(string(s.Kind) + " " + s.Codec); text != "" {
		return text
	}
	return "of an unknown kind"
}

// usable says whether there is anything for a film.
func usable(m *editor.Media) bool {
	_, video := m.Video()
	_, audio := m.Audio()
	return video || audio
}

// settle tells stills and animations from films. A still has no time.
func settle(m *editor.Media) {
	v, ok := m.Video()
	if !ok {
		return
	}
	one := v.Frames <= 1
	switch m.Format {
	case "gif", "apng":
		m.Still, m.Animated = one, !one
	default:
		m.Still = isPicture(m.Format)
	}
	if !m.Still {
		return
	}
	m.Start, m.Duration, m.BitRate = editor.Time{}, editor.Time{}, 0
	v.Start, v.Duration, v.Measured, v.VariableRate, v.Frames = editor.Time{}, editor.Time{}, false, false, 1
	v.FrameRate, v.AverageRate = editor.Ratio{}, editor.Ratio{}
}
