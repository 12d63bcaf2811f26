package headless

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

// flood is a connection over which lines come and nothing else.
type flood struct{ left *int }

func (f flood) Fingerprint() string { return "F" }
func (f flood) Channel(kind call.DataKind) call.Channel {
	if kind == call.ChatData {
		return f
	}
	return flood{new(int)}
}
func (flood) Send([]byte) error { return nil }
func (flood) Fit() int          { return call.MaxData }
func (f flood) Receive() ([]byte, error) {
	if *f.left == 0 {
		return nil, io.EOF
	}
	*f.left--
	return fmt.Appendf(nil, `{"type":"text","id":%d,"text":"line"}`, *f.left), nil
}

// However much comes, a line that is typed goes out: the one goroutine that
// takes what comes is the one that sends, and never waits for itself.
func TestALineIsSentInAFlood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const lines = 1000
		var out bytes.Buffer
		all := call.NewTalk(nil, slog.New(slog.DiscardHandler))
		c := newCourier(&program{out: &out, err: &out}, &callFlags{chat: true}, all)
		left := lines
		all.SendData(flood{&left})
		time.Sleep(time.Minute) // nobody takes what comes
		c.on("typed")
		c.take()
		if n := strings.Count(out.String(), "line\n"); n != lines || strings.Contains(out.String(), "typed") {
			t.Errorf("%d lines were printed", n)
		}
		if l := all.Chat.Lines(); len(l) != lines+1 || l[lines].Text != "typed" {
			t.Errorf("%d lines in all", len(l))
		}
		c.close()
		if err := all.Close(); err != nil {
			t.Error(err)
		}
	})
}
