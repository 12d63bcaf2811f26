package exchange

import (
	"fmt"
	"math"

	"parley/editor"
)

// framing are the filters that put a clip's picture into the frame; whole and
// with black beside it is how MLT does it unasked.
func (m *mltWriter) framing(it item) []node {
	f := it.Framing
	v, ok := it.source.Picture()
	if it.Kind == editor.TitleClip || !ok {
		return nil
	}
	m.lost.add(f.Fit == editor.FitBlur, LostBlur)
	m.lost.add(f.Stabilise, LostStable)
	turned := f.Rotate != 0 && (it.Kind != editor.MovingClip || it.rate() != 1)
	m.lost.add(turned, LostTurned)
	w, h := v.Width, v.Height
	var all []node
	if f.Rotate != 0 && !turned {
		all = append(all, el("property", "name", "rotate"))
		all[0].Text = fmt.Sprint((v.Rotation + f.Rotate) % 360)
		if f.Rotate%180 != 0 {
			w, h = h, w
		}
	}
	if c := f.Crop; c != (editor.Rect{}) && c != editor.Whole {
		all = append(all, filter("crop").set("left", pixels(c.X, w), "top", pixels(c.Y, h),
			"right", pixels(1-c.X-c.W, w), "bottom", pixels(1-c.Y-c.H, h)))
		w, h = int(c.W*float64(w)), int(c.H*float64(h))
	}
	switch {
	case f.Pan.Moves():
		all = append(all, m.pan(it, w, h))
	case f.Fit == editor.FitFill:
		all = append(all, filter("crop").set("center", "1"))
	}
	return all
}

func filter(service string) node { return el("filter").set("mlt_service", service) }

// pixels is a share of a side in whole pixels.
func pixels(share float64, side int) string {
	return fmt.Sprint(int(math.Round(share * float64(side))))
}

// pan moves the picture of w x h behind the frame from one part to another.
func (m *mltWriter) pan(it item, w, h int) node {
	o := m.Output
	aspect := float64(o.Width) / float64(o.Height) * float64(max(1, h)) / float64(max(1, w))
	from, to := cutTo(it.Framing.Pan.From, aspect), cutTo(it.Framing.Pan.To, aspect)
	way := editor.Pan{From: from, To: to}
	rect := keys(0, it.frames(), func(n int64) string {
		part := way.At(float64(n) / float64(max(1, it.frames()-1)))
		pw, ph := float64(o.Width)/part.W, float64(o.Height)/part.H
		return fmt.Sprintf("%.3f %.3f %.3f %.3f 1", -part.X*pw, -part.Y*ph, pw, ph)
	})
	return filter("affine").set("background", "color:#ff000000", "transition.distort", "1", "transition.rect", rect)
}

// cutTo is the largest part in the middle of r whose width is so many times
// its height, both as fractions.
func cutTo(r editor.Rect, aspect float64) editor.Rect {
	w, h := r.W, r.H
	if w > h*aspect {
		w = h * aspect
	} else {
		h = w / aspect
	}
	return editor.Rect{X: r.X + (r.W-w)/2, Y: r.Y + (r.H-h)/2, W: w, H: h}
}
