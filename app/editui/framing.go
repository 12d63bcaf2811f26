package editui

import (
	"fmt"

	"parley/editor"
)

// FramingSection tells how the chosen clip's picture is put into the frame.
type FramingSection struct {
	On           bool
	Summary      []Text
	Fit          editor.Fit
	Rotate       int
	Crop         editor.Rect // Whole where nothing is cut off
	Size         Size        // of the turned picture
	Stabilise    bool
	CanStabilise bool // it moves
	Unsteady     Text // why it cannot be steadied here
}

// Size is that of a picture, in pixels.
type Size struct{ W, H int }

// Aspect is the width in heights; 16:9 where the size is not known.
func (s Size) Aspect() float64 {
	if s.W <= 0 || s.H <= 0 {
		return 16.0 / 9
	}
	return float64(s.W) / float64(s.H)
}

func (p *Presenter) framing(c editor.Clip) FramingSection {
	if !p.canFrame(c) {
		return FramingSection{}
	}
	f := c.Framing
	s := FramingSection{
		On: true, Fit: f.Fit, Rotate: f.Rotate, Crop: cropOf(f), Size: p.turnedSize(c),
		Stabilise: f.Stabilise, CanStabilise: !c.Stands(),
	}
	if err := p.abilities.Steady; err != nil {
		s.Unsteady = sayError(err)
	}
	if s.Fit == "" {
		s.Fit = editor.FitInside
	}
	s.Summary = s.summary()
	return s
}

func (s FramingSection) summary() []Text {
	var all []Text
	switch s.Fit {
	case editor.FitFill:
		all = append(all, say("Fill"))
	case editor.FitBlur:
		all = append(all, say("Blurred"))
	}
	if s.Rotate != 0 {
		all = append(all, verbatim(fmt.Sprintf("%d°", s.Rotate)))
	}
	if s.Crop != editor.Whole {
		all = append(all, say("Cropped"))
	}
	if s.Stabilise {
		all = append(all, say("Steadied"))
	}
	return all
}

// hasPicture says whether there is a picture that the camera can move over.
func (p *Presenter) hasPicture(c editor.Clip) bool {
	_, ok := p.library[c.Source].Picture()
	return ok && c.Kind != editor.TitleClip
}

// canFrame says whether the picture is put into the frame by the clip itself,
// rather than by the layout of a call.
func (p *Presenter) canFrame(c editor.Clip) bool {
	return p.hasPicture(c) && p.library[c.Source].Recording == nil
}

// turnedSize is the size of a clip's picture after it was turned.
func (p *Presenter) turnedSize(c editor.Clip) Size {
	v, ok := p.library[c.Source].Picture()
	if !ok {
		return Size{}
	}
	if c.Framing.Rotate%180 != 0 {
		return Size{v.Height, v.Width}
	}
	return Size{v.Width, v.Height}
}

func cropOf(f editor.Framing) editor.Rect {
	if f.Crop == (editor.Rect{}) {
		return editor.Whole
	}
	return f.Crop
}

// Fit chooses how the picture is put into the frame.
func (p *Presenter) Fit(f editor.Fit) {
	p.frame("Fit picture", func(c *editor.Clip) {
		if f == editor.FitInside {
			f = ""
		}
		c.Framing.Fit = f
	})
}

// Rotate turns the picture by quarters clockwise (or back, where negative).
// What was cut off, and the camera's way, turn along.
func (p *Presenter) Rotate(quarters int) {
	quarters = (quarters%4 + 4) % 4
	p.frame("Turn picture", func(c *editor.Clip) {
		f := &c.Framing
		f.Rotate = (f.Rotate + 90*quarters) % 360
		for range quarters {
			f.Crop = quarter(f.Crop)
			f.Pan.From, f.Pan.To = quarter(f.Pan.From), quarter(f.Pan.To)
		}
		p.reshapePan(c)
	})
}

// quarter turns a rectangle by 90 degrees clockwise, along with its picture.
func quarter(r editor.Rect) editor.Rect {
	if r == (editor.Rect{}) {
		return r
	}
	return editor.Rect{X: 1 - r.Y - r.H, Y: r.X, W: r.H, H: r.W}
}

// Stabilise has the picture of a clip that moves steadied.
func (p *Presenter) Stabilise(on bool) {
	p.frame("Steady picture", func(c *editor.Clip) { c.Framing.Stabilise = on && !c.Stands() })
}

// ResetFraming shows the picture as it is again.
func (p *Presenter) ResetFraming() {
	p.frame("Show picture as it is", func(c *editor.Clip) {
		c.Framing = editor.Framing{Pan: c.Framing.Pan, Extra: c.Framing.Extra}
		p.reshapePan(c)
	})
}

// frame edits the framing of those chosen clips that have one of their own.
func (p *Presenter) frame(label string, edit func(*editor.Clip)) {
	p.change(label, func(c *editor.Clip) {
		if p.canFrame(*c) {
			edit(c)
		}
	})
}
