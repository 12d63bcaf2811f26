package editui

import (
	"math"
	"strconv"
	"strings"

	"parley/editor"
)

// errSpeed is what an entry that is no speed is answered with.
var errSpeed = refuse(say("write how many times as fast, such as 2 or 0.5, or in percent"))

// speeds are those that a person can choose at once.
var speeds = []editor.Ratio{{Num: 1, Den: 4}, {Num: 1, Den: 2}, {Num: 1, Den: 1}, {Num: 3, Den: 2}, {Num: 2, Den: 1}, {Num: 4, Den: 1}}

// SpeedSection tells how fast the chosen clip goes.
type SpeedSection struct {
	On      bool
	Summary []Text
	Speed   editor.Ratio
}

func speedSection(c editor.Clip) SpeedSection {
	s := SpeedSection{On: !c.Stands(), Speed: speedOf(c)}
	if s.Speed.Num != s.Speed.Den {
		s.Summary = []Text{verbatim(showSpeed(s.Speed))}
	}
	return s
}

// speedOf is a clip's speed, 1 where it has none of its own.
func speedOf(c editor.Clip) editor.Ratio {
	if !c.Speed.Known() {
		return editor.Ratio{Num: 1, Den: 1}
	}
	return c.Speed
}

// SetSpeed makes the chosen clips faster or slower. What stands has no speed.
// The playhead stays at the moment that it shows.
func (p *Presenter) SetSpeed(r editor.Ratio) {
	moment := p.moment()
	p.change("Change speed", func(c *editor.Clip) {
		if c.Stands() {
			return
		}
		c.Speed = r
		if r.Num == r.Den {
			c.Speed = editor.Ratio{}
		}
	})
	if c, i, ok := p.chosen(); ok && !c.Stands() {
		p.playhead = p.line().Start(i).Add(c.Since(moment))
	}
}

// EnterSpeed takes a speed that was written.
func (p *Presenter) EnterSpeed(text string) error {
	r, err := parseSpeed(text)
	if err != nil {
		return err
	}
	p.SetSpeed(r)
	return nil
}

// parseSpeed reads "1.5", "1,5x", "150 %" or "3/2".
func parseSpeed(text string) (editor.Ratio, error) {
	text = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(text)), ",", ".")
	text, percent := strings.CutSuffix(text, "%")
	text = strings.TrimSpace(strings.TrimRight(text, "x× "))
	first, second, parted := strings.Cut(text, "/")
	v, err := strconv.ParseFloat(strings.TrimSpace(first), 64)
	if parted && err == nil {
		var below float64
		below, err = strconv.ParseFloat(strings.TrimSpace(second), 64)
		v /= below
	}
	if percent {
		v /= 100
	}
	switch {
	case err != nil || math.IsNaN(v):
		return editor.Ratio{}, errSpeed
	case v < editor.MinSpeed || v > editor.MaxSpeed:
		return editor.Ratio{}, refuse(Text{"choose a speed from {{.Least}} to {{.Most}}", map[string]any{"Least": editor.MinSpeed, "Most": editor.MaxSpeed}})
	}
	t := editor.Seconds(math.Round(v*1e4) / 1e4)
	return editor.Ratio{Num: t.Num(), Den: t.Den()}, nil
}

// showSpeed writes a speed: "1.5×".
func showSpeed(r editor.Ratio) string {
	return strconv.FormatFloat(math.Round(r.Float()*1e4)/1e4, 'f', -1, 64) + "×"
}
