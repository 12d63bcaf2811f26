package call

import (
	"cmp"
	"context"
	"time"
)

// Dialling on a bad path. A packet that is lost while a connection is made is
// repeated after a second at first, then after two, four and so on: a fresh
// attempt is sooner through, above all on a path that was cut and has just
// come back.
const (
	redialEvery   = 500 * time.Millisecond // between two attempts
	redialMost    = 10                     // attempts under way
	redialTimeout = 4 * time.Second        // of one attempt
)

type dialFunc func(context.Context) (Link, error)

type dialled struct {
	link Link
	err  error
}

// race dials again and again, the first time after some wait, until an attempt
// succeeds. failed is told of each that does not, and ends the race with that
// error when it says so. It waits for the attempts that are left.
func race(ctx context.Context, wait time.Duration, m Manner, dial dialFunc, failed func(error) (final bool)) (Link, error) {
	ctx, cancel := context.WithCancel(ctx)
	results := make(chan dialled)
	var last error
	running := 0
	defer func() { // those that came second
		cancel()
		for ; running > 0; running-- {
			if r := <-results; r.link != nil {
				_ = r.link.Close() // what it may have said goes on over the other
			}
		}
	}()
	next := time.NewTimer(wait)
	defer next.Stop()
	pause := redialEvery / 2 // the second attempt comes sooner: one packet may just have been lost
	for {
		select {
		case <-next.C:
			next.Reset(pause)
			pause = redialEvery
			if running < m.attempts() {
				running++
				go func() { results <- attempt(ctx, m, dial) }()
			}
		case r := <-results:
			running--
			if last = r.err; last == nil || failed(last) {
				return r.link, last
			}
		case <-ctx.Done():
			for ; running > 0; running-- { // they end with the context, and say how far they came
				if r := <-results; r.link != nil {
					_ = r.link.Close()
				} else {
					last = r.err
				}
			}
			return nil, cmp.Or(last, ctx.Err())
		}
	}
}

// early says whether the offer is made while the link is dialled.
func (m Manner) early() bool { return m.Draft || !m.Late }

// attempts is how many may be under way.
func (m Manner) attempts() int {
	if m.Steady {
		return 1
	}
	return redialMost
}

func attempt(ctx context.Context, m Manner, dial dialFunc) dialled {
	if !m.Steady {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, redialTimeout)
		defer cancel()
	}
	link, err := dial(ctx)
	return dialled{link, err}
}
