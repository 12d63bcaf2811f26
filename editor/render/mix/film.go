package mix

import (
	"errors"
	"math"

	"parley/editor"
)

// Film is the whole sound of a film, as loud as Gain makes it.
type Film struct {
	Gain float64 // dB

	speech, music, ducked *Bus
	rate                  int
	curve                 editor.Curve // of the ducked music's gain
	scratch               []float32
}

// Score is the music of a film: what stays as it is, and what is turned down
// while the clips speak.
type Score struct{ Steady, Ducked []Part }

// NewFilm mixes the clips' parts and the music under them, all in the order in
// which they begin. Where music is ducked, the clips are listened to first.
func NewFilm(clips []Part, score Score, rate int) (*Film, error) {
	f := &Film{rate: rate}
	for _, b := range []struct {
		bus   **Bus
		parts []Part
	}{{&f.speech, clips}, {&f.music, score.Steady}, {&f.ducked, score.Ducked}} {
		bus, err := NewBus(b.parts, rate)
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		*b.bus = bus
	}
	if err := f.listen(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// hop is how many pairs a value of the curve stands for.
func (f *Film) hop() int64 { return int64(f.rate / hopsPerSecond) }

// listen works out the curve from the levels of the clips where ducked music
// lies over them, and a second on either side.
func (f *Film) listen() error {
	var end int64
	for _, p := range f.ducked.parts {
		end = max(end, p.End())
	}
	if end == 0 {
		return nil
	}
	levels := make([]float32, end/f.hop()+hopsPerSecond)
	pairs := make([]float32, 2*f.hop())
	for i := range levels {
		levels[i] = nothing
		at := int64(i) * f.hop()
		if !f.ducking(at) {
			continue
		}
		if err := f.speech.ReadSamples(pairs, at); err != nil {
			return err
		}
		levels[i] = level(pairs)
	}
	f.curve = editor.Curve{Gains: Duck(levels), Hop: f.hop()}
	return nil
}

func (f *Film) ducking(at int64) bool {
	second := int64(f.rate)
	for _, p := range f.ducked.parts {
		if at >= p.At-second && at < p.End()+second {
			return true
		}
	}
	return false
}

// ReadSamples satisfies Sound.
func (f *Film) ReadSamples(p []float32, at int64) error {
	if err := f.speech.ReadSamples(p, at); err != nil {
		return err
	}
	if len(f.scratch) < len(p) {
		f.scratch = make([]float32, len(p))
	}
	own := f.scratch[:len(p)]
	if len(f.music.parts) > 0 {
		if err := f.music.ReadSamples(own, at); err != nil {
			return err
		}
		add(p, own)
	}
	if len(f.ducked.parts) > 0 {
		if err := f.ducked.ReadSamples(own, at); err != nil {
			return err
		}
		f.duck(own, at)
		add(p, own)
	}
	if f.Gain != 0 {
		scale(p, float32(math.Pow(10, f.Gain/20)))
	}
	return nil
}

// duck multiplies pairs by the curve.
func (f *Film) duck(p []float32, at int64) {
	for i := 0; i < len(p); i += 2 {
		g := f.curve.At(at + int64(i/2))
		p[i] *= g
		p[i+1] *= g
	}
}

func add(p, q []float32) {
	for i, v := range q {
		p[i] += v
	}
}

func scale(p []float32, g float32) {
	for i := range p {
		p[i] *= g
	}
}

// Close closes what is open.
func (f *Film) Close() (err error) {
	for _, b := range []*Bus{f.speech, f.music, f.ducked} {
		if b != nil {
			err = errors.Join(err, b.Close())
		}
	}
	return err
}
