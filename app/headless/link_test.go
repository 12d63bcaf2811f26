package headless

import (
	"context"
	"io"
	"testing"

	"parley/app/wire"
)

// What a web page or a message may have opened is asked about, however its
// scheme is written; what was typed is called at once.
func TestTheSchemeOfALinkIsKnownHoweverItIsWritten(t *testing.T) {
	for text, want := range map[string]struct {
		link string
		ask  bool
	}{
		"parley:192.0.2.7":                    {"192.0.2.7", true},
		"PARLEY:192.0.2.7":                    {"192.0.2.7", true},
		"Parley://192.0.2.7":                  {"192.0.2.7", true},
		" parley:192.0.2.7":                   {"192.0.2.7", true},
		"parley:https://meet.example/c/x#abc": {"https://meet.example/c/x#abc", true},
		"192.0.2.7":                           {"192.0.2.7", false},
		"https://meet.example/c/x#abc":        {"https://meet.example/c/x#abc", false},
		"7-acorn-tulip":                       {"7-acorn-tulip", false},
	} {
		var got wire.WindowOptions
		p := &program{out: io.Discard, err: io.Discard, window: func(_ context.Context, o wire.WindowOptions) error { got = o; return nil }}
		root := p.root()
		root.SetArgs([]string{text})
		if err := root.ExecuteContext(t.Context()); err != nil || got.Link != want.link || got.AskFirst != want.ask {
			t.Errorf("%q: %q, asked about: %v, %v", text, got.Link, got.AskFirst, err)
		}
	}
}
