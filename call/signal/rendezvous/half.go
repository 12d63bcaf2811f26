package rendezvous

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"

	"parley/call"
	"parley/call/signal/rendezvous/cpace"
	"parley/call/signal/rendezvous/seal"
)

// half is the host's side of the exchange that a code leads to a key by. It is
// begun before there is a guest and left with the server, so that the guest has
// the key with its very first message; and it is for one guest, so that it is
// worth one guess, whoever makes it.
type half struct{ side *cpace.Side }

// nameSize is the length of an exchange's name, which belongs to it alone and
// stands before the host's share.
const nameSize = 16

// shareText writes a share as the body of a frame.
var shareText = base64.RawURLEncoding.Strict()

// exchange is what both sides of a code know beforehand. It belongs to the
// number and has a name of its own, so that a share is of no use in another.
func exchange(c call.Code, name []byte) cpace.Exchange {
	return cpace.Exchange{
		Password: []byte(c.Password()),
		Channel:  []byte("parley code 2" + c.Number),
		Session:  name,
	}
}

// newHalf begins an exchange, and returns what the server is to keep of it.
func newHalf(c call.Code, random io.Reader) (h *half, share string, err error) {
	name := make([]byte, nameSize)
	if _, err := io.ReadFull(random, name); err != nil {
		return nil, "", fmt.Errorf("this machine gives no random numbers: %w", err)
	}
	side, ours, err := cpace.Start(exchange(c, name), random)
	if err != nil {
		return nil, "", err
	}
	return &half{side}, shareText.EncodeToString(append(name, ours...)), nil
}

// agree takes the guest's half, and seals with what comes of both.
func (d *door) agree(f call.Frame, session string, random io.Reader) (*seal.Box, error) {
	if d.half == nil || f.Type != call.Pake {
		return nil, fmt.Errorf("%w: %q before there is a key", call.ErrMessage, f.Type)
	}
	theirs, err := shareText.DecodeString(f.Body)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", call.ErrMessage, err)
	}
	key, err := d.half.side.Finish(theirs)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", call.ErrMessage, err)
	}
	return seal.Host(key, d.Slot, session, random)
}

// agree comes to a key by the code and the half that the host left, and says
// the other half. Nothing is waited for.
func (g *guestLink) agree(ctx context.Context, c call.Code) error {
	g.code = true
	theirs, err := shareText.DecodeString(g.share)
	if err != nil || len(theirs) < nameSize {
		return fmt.Errorf("%w: %s passed on no half of a key; try again, or bring this program up to date", call.ErrFrame, g.host)
	}
	ours, key, err := cpace.Respond(exchange(c, theirs[:nameSize]), theirs[nameSize:], rand.Reader)
	if err != nil {
		return fmt.Errorf("%w: %w", call.ErrMessage, err)
	}
	if g.box, err = seal.Guest(key, g.slot, g.session, rand.Reader); err != nil {
		return err
	}
	return g.wire.Write(ctx, call.Frame{Type: call.Pake, Session: g.session, Body: shareText.EncodeToString(ours)})
}
