package desktop

import (
	"errors"
	"io"

	"parley/app/herald"
	"parley/app/herald/notify"
	"parley/app/instance"
	"parley/app/settings"
	"parley/app/wire"
)

// meet makes this the start that later ones hand their links to, or hands over
// this one's to the start that is: then it returns true. That none can be
// handed over is no reason not to start.
func meet(o wire.WindowOptions) (first *instance.First, handed bool, err error) {
	folders, err := settings.FoldersFor(o.Profile)
	if err != nil {
		return nil, false, err
	}
	place := instance.Place(folders.Data)
	if o.Hand {
		first, err = instance.Begin(place, orderOf(o))
		handed = first == nil && err == nil
	} else {
		first, err = instance.Claim(place)
	}
	if errors.Is(err, instance.ErrSilent) {
		return nil, false, err
	}
	if err != nil {
		o.Log.Warn("later starts of Parley will open windows of their own", "err", err)
	}
	return first, handed, nil
}

func orderOf(o wire.WindowOptions) instance.Order {
	return instance.Order{Link: o.Link, Ask: o.AskFirst}
}

// later are the orders of later starts.
func later(first *instance.First) <-chan instance.Order {
	if first == nil {
		return nil
	}
	return first.Orders()
}

// heralding tells of calls on the desktop.
func heralding(sys *wire.System, o wire.WindowOptions) func(present func()) io.Closer {
	return func(present func()) io.Closer {
		board := &notify.Bus{}
		return both{
			herald.New(herald.Config{Phone: sys.Phone, Board: board, Present: present, Log: o.Log}),
			board,
		}
	}
}

// both closes one thing after the other.
type both struct{ first, second io.Closer }

func (b both) Close() error { return errors.Join(b.first.Close(), b.second.Close()) }
