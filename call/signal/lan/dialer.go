package lan

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"parley/call"
)

// How long somebody is waited for who is not known yet: one who is named by
// an ID was seen, and a text that can be a host's name is soon left to others.
const (
	waitForID   = 4 * time.Second
	waitForName = time.Second
)

// Dial satisfies call.Dialer. An address is nearby:ID, nearby:NAME, or the name
// of somebody who is nearby, in whatever case.
func (n *Neighbours) Dial(ctx context.Context, address string) (call.Link, error) {
	who, explicit := strings.CutPrefix(strings.TrimSpace(address), Scheme)
	if !Understands(address) {
		return nil, fmt.Errorf("%w: %q is nobody's name", call.ErrBadAddress, address)
	}
	if n.isOff() {
		if explicit {
			return nil, errOff
		}
		return nil, fmt.Errorf("%w: %q, while people nearby are not looked for", call.ErrBadAddress, address)
	}
	patience := waitForName
	if explicit {
		patience = waitForID
	}
	p, err := n.find(ctx, who, patience)
	switch {
	case errors.Is(err, errNobody) && !explicit:
		return nil, fmt.Errorf("%w: nobody nearby is called %q", call.ErrBadAddress, address)
	case err != nil:
		return nil, err
	}
	link, err := n.reach(ctx, p)
	if err != nil {
		return nil, err
	}
	return nearbyLink{link}, nil
}

// nearbyLink is a link to somebody who was found on this network.
type nearbyLink struct{ call.Link }

// Way satisfies call.WayTeller.
func (nearbyLink) Way() call.Way { return call.Nearby }

// SaidFirst satisfies call.FirstSayer, as the link below does.
func (l nearbyLink) SaidFirst() bool {
	sayer, ok := l.Link.(call.FirstSayer)
	return ok && sayer.SaidFirst()
}

// Understands tells whether an address can be somebody's who is nearby.
func Understands(address string) bool {
	who, explicit := strings.CutPrefix(strings.TrimSpace(address), Scheme)
	return who != "" && (explicit || canBeName(who))
}

// canBeName tells whether a text is taken for a person's name where it does not
// say so. What may be an address or a link never is: else a stranger who takes
// such a name would be called in its place.
func canBeName(s string) bool {
	if s == "" || s != call.CleanName(s) || strings.ContainsAny(s, ".:/@[]#%?") {
		return false
	}
	return !strings.EqualFold(s, "localhost") && strings.Trim(s, "0123456789-") != ""
}

// errOff is what is said while nobody nearby is looked for.
var errOff = errors.New("people nearby are not looked for, by the settings of this program; switch that on, or call by an address")

// errNobody is found where there is nobody.
var errNobody = errors.New("that person is not on this network now; look who is nearby, and that both are on the same network")

// find waits for somebody who has an ID or a name.
func (n *Neighbours) find(ctx context.Context, who string, patience time.Duration) (Person, error) {
	limit := time.NewTimer(patience)
	defer limit.Stop()
	for {
		n.mu.Lock()
		people, news := n.people, n.news
		n.mu.Unlock()
		if p, err := among(people, who); !errors.Is(err, errNobody) {
			return p, err
		}
		select {
		case <-news:
		case <-limit.C:
			return Person{}, fmt.Errorf("%q: %w", who, errNobody)
		case <-n.ctx.Done():
			return Person{}, fmt.Errorf("%q: %w", who, errNobody)
		case <-ctx.Done():
			return Person{}, ctx.Err()
		}
	}
}

// among chooses one of several people. A name that two have names neither.
func among(people []Person, who string) (Person, error) {
	var found []Person
	for _, p := range people {
		if p.ID == who {
			return p, nil
		}
		if strings.EqualFold(p.Name, who) {
			found = append(found, p)
		}
	}
	switch len(found) {
	case 0:
		return Person{}, errNobody
	case 1:
		return found[0], nil
	}
	return Person{}, fmt.Errorf("there are %d people nearby who are called %q; call one by the ID that \"parley nearby\" lists: %s", len(found), who, found[0].Address())
}

// stagger is how long one of somebody's addresses is tried before the next is
// tried beside it (RFC 8305 section 5).
const stagger = 250 * time.Millisecond

type reached struct {
	link call.Link
	err  error
}

// reach dials all of somebody's addresses, one soon after another, and takes
// the first that answers.
func (n *Neighbours) reach(ctx context.Context, p Person) (call.Link, error) {
	ctx, cancel := context.WithCancel(ctx)
	results, running := make(chan reached), 0
	defer func() {
		cancel()
		for ; running > 0; running-- {
			if r := <-results; r.link != nil {
				_ = r.link.Close() // what was said over it is said again over the other
			}
		}
	}()
	left := p.Addresses
	next := time.NewTimer(0)
	defer next.Stop()
	var errs []error
	for len(left) > 0 || running > 0 {
		select {
		case <-next.C:
			if len(left) == 0 {
				continue
			}
			to := left[0]
			left = left[1:]
			running++
			go func() { results <- n.dial(ctx, to) }()
			next.Reset(stagger)
		case r := <-results:
			running--
			if r.err == nil {
				return r.link, nil
			}
			errs = append(errs, r.err)
			next.Reset(0)
		}
	}
	n.doubt(p.ID)
	return nil, fmt.Errorf("%s was seen on this network, but does not answer: %w", p.Name, errors.Join(errs...))
}

func (n *Neighbours) dial(ctx context.Context, to netip.AddrPort) reached {
	link, err := n.cfg.Dialer.Dial(ctx, to.String())
	return reached{link, err}
}

// doubt has somebody looked for again who was not reached (RFC 6762 section 10.4).
func (n *Neighbours) doubt(id string) {
	n.mu.Lock()
	if len(n.doubted) < mostRecords {
		n.doubted = append(n.doubted, id)
	}
	n.mu.Unlock()
	n.wake()
}
