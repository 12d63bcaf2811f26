package direct

import (
	"log/slog"
	"testing"

	"parley/call/signal/signaltest"
)

// A call by address needs two round trips before ICE: one for TCP, and one for
// all that is said.
func TestSetUpLadder(t *testing.T) {
	signaltest.Ladder(t, 2, func(t *testing.T, far *signaltest.Far) signaltest.Method {
		l := serve(far.Listen("bob.example:27539"), slog.New(slog.DiscardHandler))
		return signaltest.Method{Dialer: Dialer{dial: far.Dial}, Address: "bob.example", Listener: l}
	})
}
