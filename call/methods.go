package call

import (
	"context"
	"errors"
	"fmt"
)

// Methods is a Dialer made of several, one for each way of reaching people: the
// first that understands an address dials it.
type Methods []Dialer

// Dial satisfies Dialer.
func (all Methods) Dial(ctx context.Context, address string) (Link, error) {
	if d := all.of(address); d != nil {
		return d.Dial(ctx, address)
	}
	err := fmt.Errorf("%w: %q", ErrBadAddress, address)
	for _, d := range all {
		if _, ok := d.(Mannered); ok {
			continue // not its own, it says
		}
		link, why := d.Dial(ctx, address)
		if !errors.Is(why, ErrBadAddress) {
			return link, why
		}
		err = why
	}
	return nil, err
}

// Manner satisfies Mannered.
func (all Methods) Manner(address string) (Manner, bool) {
	d := all.of(address)
	if d == nil {
		return Manner{}, false
	}
	return d.Manner(address)
}

// of is the one that an address is for, if one says so.
func (all Methods) of(address string) Mannered {
	for _, d := range all {
		if m, ok := d.(Mannered); ok {
			if _, mine := m.Manner(address); mine {
				return m
			}
		}
	}
	return nil
}

// mannerOf is how a dialler wants an address to be dialled.
func mannerOf(d Dialer, address string) Manner {
	if d, ok := d.(Mannered); ok {
		m, _ := d.Manner(address)
		return m
	}
	return Manner{}
}
