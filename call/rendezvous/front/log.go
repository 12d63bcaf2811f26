package front

import (
	"context"
	"log/slog"
	"net/netip"
	"strings"
)

// discreet takes what net/http complains of, and leaves out whom it complains
// of. What strangers can have it say is for those who look closely.
type discreet struct{ log *slog.Logger }

func (d discreet) Write(p []byte) (int, error) {
	text := string(p)
	d.log.Log(context.Background(), levelOf(text), withoutAddresses(text))
	return len(p), nil
}

// levelOf tells this server's own trouble by the words of net/http.
func levelOf(text string) slog.Level {
	switch {
	case strings.HasPrefix(text, "http: panic serving"):
		return slog.LevelError
	case strings.HasPrefix(text, "http: Accept error"): // such as that there are no file descriptors left
		return slog.LevelWarn
	}
	return slog.LevelDebug
}

func withoutAddresses(text string) string {
	words := strings.Fields(text)
	for i, w := range words {
		bare := strings.Trim(w, `:,;"()`)
		_, port := netip.ParseAddrPort(bare)
		_, ip := netip.ParseAddr(strings.Trim(bare, "[]"))
		if bare != "" && (port == nil || ip == nil) {
			words[i] = "ADDRESS"
		}
		if from, to, found := strings.Cut(bare, "->"); found && from != "" && to != "" {
			words[i] = "ADDRESS"
		}
	}
	return strings.Join(words, " ")
}
