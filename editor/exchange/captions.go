package exchange

import (
	"fmt"
	"io"

	"parley/editor"
)

// The film's subtitles, on its clock.
var (
	srtFormat = Format{Name: "srt", Title: "Subtitles, SRT", Extension: ".srt", Write: func(w io.Writer, f Film) ([]Loss, error) { return writeCues(w, f, editor.SRT) }}
	vttFormat = Format{Name: "vtt", Title: "Subtitles, WebVTT", Extension: ".vtt", Write: func(w io.Writer, f Film) ([]Loss, error) { return writeCues(w, f, editor.WebVTT) }}
)

func writeCues(w io.Writer, f Film, text func([]editor.Cue) string) ([]Loss, error) {
	cues := f.Timeline.Cues(f.Library)
	if len(cues) == 0 {
		return nil, fmt.Errorf("%w: it has no subtitles; bring an SRT or WebVTT file in first", ErrFilm)
	}
	_, err := io.WriteString(w, text(cues))
	return nil, err
}
