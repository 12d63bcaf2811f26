package call

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
)

// What a caller says first needs no answer before it: hello and offer. A Dialer
// that can say them with its very request for a link saves a round trip:
//
//	Ann                                Bob
//	  request{hello, offer}   ──>        the call rings
//	                          <──  the link is there
//	                          <──  hello, ok, answer
//
// It finds them in the context that it dials with. Of several attempts that are
// under way at once only one is given them, so that the other side is not called
// by each; the Session says them over the link where no request did.
type first struct {
	made chan struct{} // closed once there are messages
	turn chan struct{} // holds a token for the one that says them
	all  []Message
}

type firstKey struct{}

func newFirst() *first {
	f := &first{made: make(chan struct{}), turn: make(chan struct{}, 1)}
	f.turn <- struct{}{}
	return f
}

// is tells the messages, once.
func (f *first) is(all ...Message) {
	f.all = all
	close(f.made)
}

// WithFirst returns a context to dial with, for a Dialer to find messages in.
func WithFirst(ctx context.Context, all ...Message) context.Context {
	f := newFirst()
	f.is(all...)
	return f.with(ctx)
}

func (f *first) with(ctx context.Context) context.Context {
	return context.WithValue(ctx, firstKey{}, f)
}

// First returns what a Dialer is to say with its request for a link, and waits
// until that is known; it is nil where there is nothing to be said so. A Dialer
// asks when its request can be sent at once, for nobody else is told again.
func First(ctx context.Context) []Message {
	f, ok := ctx.Value(firstKey{}).(*first)
	if !ok {
		return nil
	}
	select {
	case <-f.turn:
	default:
		return nil
	}
	select {
	case <-f.made:
		return f.all
	case <-ctx.Done():
		return nil
	}
}

// FirstSayer is a Link that says whether its request carried what First
// returned.
type FirstSayer interface{ SaidFirst() bool }

func saidFirst(l Link) bool {
	sayer, ok := l.(FirstSayer)
	return ok && sayer.SaidFirst()
}

// Limits on messages that come with a request for a link.
const (
	mostFirst = 4
	MaxFirst  = 32 << 10 // bytes, as they are written
)

// EncodeFirst writes messages as one word of ASCII, for the header of a request:
// each in base64url, with points between. It is "" for those that do not fit.
func EncodeFirst(all []Message) (string, error) {
	words := make([]string, len(all))
	for i, m := range all {
		data, err := m.Encode()
		if err != nil {
			return "", err
		}
		words[i] = base64.RawURLEncoding.EncodeToString(data)
	}
	text := strings.Join(words, ".")
	if len(all) > mostFirst || len(text) > MaxFirst {
		return "", nil
	}
	return text, nil
}

// DecodeFirst reads what EncodeFirst wrote.
func DecodeFirst(text string) ([]Message, error) {
	if text == "" {
		return nil, nil
	}
	words := strings.Split(text, ".")
	if len(text) > MaxFirst || len(words) > mostFirst {
		return nil, fmt.Errorf("%w: %d messages at once, of %d bytes", ErrMessage, len(words), len(text))
	}
	all := make([]Message, len(words))
	for i, word := range words {
		data, err := base64.RawURLEncoding.DecodeString(word)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrMessage, err)
		}
		if all[i], err = DecodeMessage(data); err != nil {
			return nil, err
		}
	}
	return all, nil
}
