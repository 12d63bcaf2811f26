package editor

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// ErrCaptions is what a file that holds no subtitles is refused with.
var ErrCaptions = errors.New("these subtitles cannot be read")

// IsCaptions says whether a path is that of a subtitle file, by its ending.
func IsCaptions(path string) bool {
	ext := strings.ToLower(filepath.Ext(path))
	return ext == ".srt" || ext == ".vtt"
}

// ParseCaptions reads a subtitle file, SRT or WebVTT, in any of the encodings
// that such files come in. It is forgiving: numbers may be missing or wrong,
// cues may overlap, and what cannot be shown (no text, an end before its
// beginning) is left out. A file without a single cue is ErrCaptions.
func ParseCaptions(data []byte) (*Captions, error) {
	text, err := DecodeText(data)
	if err != nil {
		return nil, fmt.Errorf("%w: %w; choose an SRT or WebVTT file", ErrCaptions, err)
	}
	s := cueScanner{webVTT: strings.HasPrefix(text, "WEBVTT")}
	for line := range strings.Lines(text) {
		if err := s.line(strings.TrimRight(line, "\n")); err != nil {
			return nil, err
		}
	}
	s.finish()
	if len(s.cues) == 0 {
		return nil, fmt.Errorf("%w: there is no line with a time such as 00:00:01,000 --> 00:00:04,000; choose an SRT or WebVTT file", ErrCaptions)
	}
	sortStable(s.cues, func(a, b Cue) int { return a.From.Cmp(b.From) })
	return &Captions{Cues: s.cues}, nil
}

// cueScanner goes through a subtitle file line by line. A line with times
// begins a cue, an empty one ends its text; what stands between the cues
// (numbers, notes, styles) is passed over.
type cueScanner struct {
	webVTT bool
	cues   []Cue
	from   Time
	to     Time
	text   []string
	inside bool // of a cue's text
}

func (s *cueScanner) line(line string) error {
	if from, to, ok := parseTiming(line); ok {
		s.dropNumber()
		s.finish()
		s.from, s.to, s.inside = from, to, true
		if len(s.cues) >= maxCues {
			return fmt.Errorf("%w: there are more than %d of them", ErrCaptions, maxCues)
		}
		return nil
	}
	switch {
	case strings.TrimSpace(line) == "":
		s.finish()
	case s.inside:
		s.text = append(s.text, line)
	}
	return nil
}

// dropNumber takes the number of the next cue off the text of the one before,
// where no empty line parts them.
func (s *cueScanner) dropNumber() {
	if n := len(s.text); n > 1 && strings.Trim(s.text[n-1], "0123456789 \t") == "" {
		s.text = s.text[:n-1]
	}
}

// finish keeps the cue that is being read, if it can be shown.
func (s *cueScanner) finish() {
	text := plainCue(strings.Join(s.text, "\n"), s.webVTT)
	from, to := s.from.Max(Time{}), s.to.Min(maxTime)
	if s.inside && text != "" && from.Cmp(to) < 0 {
		s.cues = append(s.cues, Cue{from, to, text})
	}
	s.text, s.inside = s.text[:0], false
}
