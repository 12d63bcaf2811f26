package ffmpeg

import (
	"context"
	"errors"
	"fmt"

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
	return true
}

// drop turns streams that stayed untold into data, so that no film is planned
// with them, and says so.
func drop(m *editor.Media) {
	for i := range m.Streams {
		if s := &m.Streams[i]; !complete(*s) {
			m.Warnings = append(m.Warnings, fmt.Sprintf("stream %d (%s %s) cannot be read and is left out", s.Index, s.Kind, orUnknown(s.Codec)))
			s.Kind = editor.DataStream
		}
	}
}

func orUnknown(codec string) string {
	if codec == "" {
		return "of an unknown codec"
	}
	return codec
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

// explain says what a file is that has neither picture nor sound. err is what
// ffprobe said, nil where it found other streams.
func (t *Tools) explain(ctx context.Context, src source, err error) error {
	if ctx.Err() != nil {
		return err
	}
	failed, ok := errors.AsType[*Error](err)
	if err != nil && (!ok || !errors.Is(err, ErrInvalid)) {
		return err
	}
	e := refuse(src.name, "the file holds neither picture nor sound", "choose a video, sound or picture")
	if failed != nil {
		e.Tail, e.ExitCode = failed.Tail, failed.ExitCode
	}
	text, readErr := isText(src.name)
	switch {
	case readErr != nil:
		return readErr
	case text:
		e.Sentence = "this is text"
	case failed != nil:
		failed.Op = "probe " + src.name
		return failed
	}
	return e
}
