package title

import (
	"parley/editor"
	"parley/editor/title/typeface"
)

// region is a part of the frame that is taken for a time.
type region struct {
	rect
	from, to float64
}

func (b region) meets(o region) bool {
	return b.from < o.to && o.from < b.to && b.x < o.x+o.w && o.x < b.x+b.w && b.y < o.y+o.h && o.y < b.y+b.h
}

// covered are the parts that elements take.
func covered(elements []element) []region {
	var all []region
	for _, e := range elements {
		all = append(all, region{e.rect, e.show.from, e.show.to})
	}
	return all
}

// How subtitles look, in fractions of the frame's shorter side. White letters
// with a dark rim and a soft shadow are readable on any picture.
const (
	cueSize    = 0.05
	cueLeading = 1.25
	cueRim     = 0.0042
	cueMargin  = 0.07  // below
	cueTall    = 0.16  // below, in an upright frame, where players have their buttons
	cueWidth   = 1.36  // that a line may have
	cueSide    = 0.045 // beside
	cueGap     = 0.02  // to what is below
)

var cueStyle = typeface.Style{Families: []string{"Inter", "Noto Sans", "DejaVu Sans"}, Weight: 600}

// subtitles draws cues at the bottom of the frame, above whatever is there
// already while they stand: a name, or a cue that has not gone yet.
func subtitles(c canvas, r ruler, cues []editor.Cue, taken []region) []element {
	var all []element
	for _, q := range cues {
		lines, size := cueLines(c, r, q.Text)
		if len(lines) == 0 {
			continue
		}
		pitch := cueLeading * size
		at := region{rect{w: widest(lines) * size, h: float64(len(lines)) * pitch}, q.From.Float(), q.To.Float()}
		at.x, at.y = (c.w-at.w)/2, c.h-cueBottom(c)-at.h
		at = raised(at, taken)
		taken = append(taken, at)
		for i, l := range lines {
			if len(l.runs) > 0 {
				all = append(all, cueLine(l, size, rect{at.x, at.y + float64(i)*pitch, at.w, pitch}, show{from: at.from, to: at.to})...)
			}
		}
	}
	return all
}

func cueBottom(c canvas) float64 {
	if c.h > c.w {
		return cueTall * short
	}
	return cueMargin * short
}

// raised moves a block up until it meets nothing; where there is no room, it
// stays.
func raised(at region, taken []region) region {
	moved := at
	for range taken {
		met := false
		for _, t := range taken {
			if moved.meets(t) {
				moved.y, met = t.y-moved.h-cueGap*short, true
			}
		}
		if !met {
			break
		}
	}
	if moved.y < 0 {
		return at
	}
	return moved
}

// cueLines breaks a cue into lines: two of them, or as many as it has; with
// smaller letters where they would be more than four.
func cueLines(c canvas, r ruler, text string) ([]line, float64) {
	if text = clean(text); text == "" {
		return nil, 0
	}
	style := cueStyle
	style.Families = families(style.Families, text)
	s := setter{ruler: r, style: style}
	most := min(cueWidth*short, c.w-2*cueSide*short)
	paragraphs := s.paragraphs(text)
	size := cueSize * short
	lines, torn := s.wrap(paragraphs, most/size)
	for (len(lines) > 4 || torn) && size > cueSize*short/2 {
		size *= 0.93
		lines, torn = s.wrap(paragraphs, most/size)
	}
	if room := int((c.h - 2*cueBottom(c)) / (cueLeading * size)); len(lines) > room {
		lines = lines[:max(1, room)]
	}
	return s.measured(lines), size
}

// cueLine draws a line: its shadow, and the letters with their rim.
func cueLine(l line, size float64, at rect, how show) []element {
	letters, ascent := "", 0.0
	for _, r := range l.runs {
		letters, ascent = letters+run(r, size, 0), max(ascent, r.Ascent)
	}
	e := element{rect: at, align: 8, px: at.x + at.w/2, py: at.y + at.h/2 + 0.36*size - ascent*size, lead: 0.5, show: how}
	shade := e
	shade.text = `\1c&H000000&\3c&H000000&\1a&H70&\3a&H70&\bord` + short2(2*cueRim*short) + `\blur` + short2(1.6*cueRim*short) + "}" + letters
	e.text = `\1c` + drawn("#ffffff") + `\3c&H000000&\bord` + short2(cueRim*short) + "}" + letters
	return []element{shade, e}
}
