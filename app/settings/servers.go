package settings

import (
	"errors"
	"fmt"
	"strings"
)

// Server helps a call to find its way: a STUN server tells this machine's
// address as others see it, a TURN server relays.
type Server struct{ URL, Username, Credential string }

// ErrServer says that a line names no server.
var ErrServer = errors.New("not a server's line")

// ParseServers reads one server a line: "stun:HOST[:PORT]", or
// "turn:HOST[:PORT] NAME PASSWORD" (also "turns:", for TLS). Empty lines count
// for nothing. What follows a bad line is read all the same.
func ParseServers(text string) (all []Server, err error) {
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		s, bad := parseServer(words)
		if bad != nil {
			err = errors.Join(err, bad)
			continue
		}
		all = append(all, s)
	}
	return all, err
}

func parseServer(words []string) (Server, error) {
	scheme, host, _ := strings.Cut(words[0], ":")
	relays := scheme == "turn" || scheme == "turns"
	switch {
	case host == "" || strings.ContainsAny(host, "/@#") || !relays && scheme != "stun" && scheme != "stuns":
		return Server{}, fmt.Errorf("%w: %q; write stun:HOST, or turn:HOST NAME PASSWORD", ErrServer, words[0])
	case relays && len(words) != 3:
		return Server{}, fmt.Errorf("%w: %q needs a name and a password behind it, with spaces between", ErrServer, words[0])
	case !relays && len(words) != 1:
		return Server{}, fmt.Errorf("%w: %q stands alone on its line", ErrServer, words[0])
	case relays:
		return Server{words[0], words[1], words[2]}, nil
	}
	return Server{URL: words[0]}, nil
}
