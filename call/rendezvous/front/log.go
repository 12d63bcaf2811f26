package front

import (
	"log/slog"
	"net/netip"
	"strings"
)

// discreet takes what net/http complains of, for those who look closely, and
// leaves out whom it complains of.
type discreet struct{ log *slog.Logger }

func (d discreet) Write(p []byte) (int, error) {
	d.log.Debug(withoutAddresses(string(p)))
	return len(p), nil
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
