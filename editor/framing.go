package editor

import "fmt"

// Fit is how a picture of another shape is put into the frame.
type Fit string

// The fits; the empty one is FitInside.
const (
	FitInside Fit = "inside" // all of it, black beside it
	FitFill   Fit = "fill"   // the frame is filled, what sticks out is cut off
	FitBlur   Fit = "blur"   // all of it, over a blurred copy that fills the frame
)

// Framing is how the picture of a clip is put into the frame. The zero
// Framing shows all of it, unmoved.
type Framing struct {
	Fit       Fit  `json:"fit,omitempty"`
	Rotate    int  `json:"rotate,omitempty"` // degrees clockwise beyond what the file asks for: 0, 90, 180, 270
	Crop      Rect `json:"crop,omitzero"`    // the part of the turned picture that is shown; zero: all
	Pan       Pan  `json:"pan,omitzero"`     // the camera's way over the picture; zero: it stands
	Stabilise bool `json:"stabilise,omitempty"`

	Extra Extra `json:"-"`
}

// Rect is a part of a picture in fractions of its width and height, from its
// top left corner.
type Rect struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
	W float64 `json:"w"`
	H float64 `json:"h"`
}

// Whole is the rectangle that holds all of a picture.
var Whole = Rect{0, 0, 1, 1}

// Pan is a way from one part of a picture to another (Ken Burns), which takes
// as long as the clip stands.
type Pan struct {
	From Rect `json:"from"`
	To   Rect `json:"to"`
}

// Moves says whether there is a way at all.
func (p Pan) Moves() bool { return p != Pan{} }

// At is the part that is shown when the fraction f of the way is gone.
func (p Pan) At(f float64) Rect {
	mix := func(a, b float64) float64 { return a + (b-a)*f }
	return Rect{mix(p.From.X, p.To.X), mix(p.From.Y, p.To.Y), mix(p.From.W, p.To.W), mix(p.From.H, p.To.H)}
}

// smallestRect bounds how far one can go into a picture.
const smallestRect = 0.02

// slack is what rounding may make of a rectangle at the edge.
const slack = 1e-6

func (r Rect) check(what string) error {
	inside := r.W >= smallestRect && r.H >= smallestRect && r.X >= -slack && r.Y >= -slack && r.X+r.W <= 1+slack && r.Y+r.H <= 1+slack
	if !inside { // NaN comes here too
		return fmt.Errorf("%w: its %s (%g, %g, %g, %g) is not inside the picture", ErrClip, what, r.X, r.Y, r.W, r.H)
	}
	return nil
}

func (f Framing) check() error {
	switch f.Fit {
	case "", FitInside, FitFill, FitBlur:
	default:
		return fmt.Errorf("%w: %q is no way to fit a picture that this version knows", ErrClip, f.Fit)
	}
	if f.Rotate != 0 && f.Rotate != 90 && f.Rotate != 180 && f.Rotate != 270 {
		return fmt.Errorf("%w: a picture can be turned by 90, 180 or 270 degrees, not by %d", ErrClip, f.Rotate)
	}
	if f.Crop != (Rect{}) {
		if err := f.Crop.check("crop"); err != nil {
			return err
		}
	}
	if !f.Pan.Moves() {
		return nil
	}
	if err := f.Pan.From.check("first part"); err != nil {
		return err
	}
	return f.Pan.To.check("last part")
}

// plain says whether the picture is shown as it is.
func (f Framing) plain() bool {
	return (f.Fit == "" || f.Fit == FitInside) && f.Rotate == 0 && (f.Crop == Rect{} || f.Crop == Whole) && !f.Pan.Moves() && !f.Stabilise
}
