package render

import (
	"context"
	"errors"
	"slices"

	"parley/editor"
	"parley/editor/render/aac"
)

// copying is what of the film's sound is copied from its sources.
type copying struct {
	originals []*original
	places    []*placement // of each sound; nil where none of it is copied
	kept      []kept
	refused   []kept // for which no seam was found
}

// survey finds what can be copied, and makes the samples that are needed
// around it. A source that turns out to be unfit is used like any other.
func (t *soundtrack) survey(ctx context.Context) error {
	t.places = make([]*placement, len(t.plan.Sounds))
	if t.plan.Master.Loudness != 0 {
		return nil
	}
	t.originals = originals(t.plan.Sounds)
	if err := sideBySide(ctx, queue(t.originals), t.examine); err != nil {
		return err
	}
	return t.choose(ctx)
}

// examine reads an original; one that is unfit has no stream then.
func (t *soundtrack) examine(ctx context.Context, o *original) error {
	err := t.read(ctx, o)
	if errors.Is(err, errUnlike) {
		o.stream = nil
		return nil
	}
	return err
}

// choose places the sounds and chooses what of them is copied, until all that
// was chosen can be decoded where that is needed.
func (t *soundtrack) choose(ctx context.Context) error {
	for {
		t.place()
		unfit := false
		for _, o := range t.originals {
			if len(o.pcm.parts) == 0 {
				continue
			}
			err := t.decodePackets(ctx, o)
			if err != nil && !errors.Is(err, errUnlike) {
				return err
			}
			if err != nil {
				o.stream, unfit = nil, true
			}
		}
		if !unfit {
			return nil
		}
	}
}

// place chooses what is copied and what has to be decoded for that.
func (t *soundtrack) place() {
	for _, o := range t.originals {
		o.pcm.parts = nil
	}
	sounds, checked := t.plan.Sounds, listened(t.plan)
	for i, h := range sounds {
		t.places[i] = t.placeOf(h)
	}
	t.kept = t.allowed(keepable(sounds, t.plan.Music, t.places))
	for i, h := range sounds {
		if t.places[i] == nil {
			continue
		}
		if !t.copies(h, *t.places[i]) {
			t.places[i] = nil
			continue
		}
		for _, r := range slices.Concat(audible(h, *t.places[i], t.kept), compared(h, *t.places[i], checked)) {
			shift := t.places[i].shift
			t.places[i].from.pcm.want(aac.Range{From: r.From - shift, To: r.To - shift})
		}
	}
}

// placeOf is nil for a sound that cannot be copied.
func (t *soundtrack) placeOf(h editor.Heard) *placement {
	if h.Original == nil || h.Silent {
		return nil
	}
	for _, o := range t.originals {
		if o.stream == nil || !o.holds(h.Original) {
			continue
		}
		if p, ok := o.place(h, t.plan.Output.SampleRate); ok {
			return &p
		}
	}
	return nil
}

// allowed leaves out what was refused.
func (t *soundtrack) allowed(all []kept) []kept {
	var left []kept
	for _, k := range all {
		refused := false
		for _, r := range t.refused {
			refused = refused || r.from == k.from && r.shift == k.shift && r.And(k.Range).Len() > 0
		}
		if !refused {
			left = append(left, k)
		}
	}
	return left
}

// copies says whether anything of a sound is copied.
func (t *soundtrack) copies(h editor.Heard, p placement) bool {
	own := aac.Range{From: h.First / aac.FrameSamples, To: aac.Frames(end(h))}
	for _, k := range t.kept {
		if k.from == p.from && k.shift == p.shift && k.And(own).Len() > 0 {
			return true
		}
	}
	return false
}
