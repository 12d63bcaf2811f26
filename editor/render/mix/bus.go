package mix

import (
	"errors"
	"slices"
)

// Bus adds up parts. It opens each when it is reached and closes it behind
// its end, so that as few files are open as are heard at once.
type Bus struct {
	parts   []Part
	open    map[int]Source
	scratch []float32
}

// NewBus returns the sum of the parts, which are in the order in which they
// begin. Where a part begins at the end of another and neither fades, a click
// is prevented.
func NewBus(parts []Part, rate int) (*Bus, error) {
	b := &Bus{parts: slices.Clone(parts), open: map[int]Source{}}
	return b, quieten(b.parts, rate)
}

// ReadSamples satisfies Sound.
func (b *Bus) ReadSamples(p []float32, at int64) error {
	clear(p)
	end := at + int64(len(p)/2)
	for i := range b.parts {
		part := &b.parts[i]
		from, to := max(at, part.At), min(end, part.End())
		if from >= to {
			if err := b.leave(i); err != nil {
				return err
			}
			continue
		}
		if err := b.add(p[2*(from-at):2*(to-at)], i, from-part.At); err != nil {
			return err
		}
	}
	return nil
}

// add adds part i, from its position at on, to p.
func (b *Bus) add(p []float32, i int, at int64) error {
	part := &b.parts[i]
	if part.Open == nil {
		return nil
	}
	s, ok := b.open[i]
	if !ok {
		var err error
		if s, err = part.Open(); err != nil {
			return err
		}
		b.open[i] = s
	}
	if len(b.scratch) < len(p) {
		b.scratch = make([]float32, len(p))
	}
	own := b.scratch[:len(p)]
	if err := s.ReadSamples(own, at); err != nil {
		return err
	}
	part.shape(own, at)
	for k, v := range own {
		p[k] += v
	}
	return nil
}

func (b *Bus) leave(i int) error {
	s, ok := b.open[i]
	if !ok {
		return nil
	}
	delete(b.open, i)
	return s.Close()
}

// Close closes what is open.
func (b *Bus) Close() (err error) {
	for i := range b.open {
		err = errors.Join(err, b.leave(i))
	}
	return err
}
