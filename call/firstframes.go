package call

import (
	"fmt"
	"strings"
)

// FirstFramesProtocol begins the word that EncodeFirstFrames writes.
const FirstFramesProtocol = "parley.first."

// Limits on frames that come with the request for a WebSocket: a header of that
// size passes through every proxy.
const (
	maxFirstFrames     = 6 << 10
	mostFirstFrames    = 4
	LeastSessionLength = 20 // of a session that a guest names, in letters
)

// EncodeFirstFrames writes relayed frames as the name of a protocol, which is
// what a browser can say beside the address when it asks for a WebSocket: type
// and body in turn, with points between. It is "" for those that do not fit.
func EncodeFirstFrames(frames []Frame) string {
	var text strings.Builder
	for i, f := range frames {
		if i > 0 {
			text.WriteByte('.')
		}
		text.WriteString(string(f.Type) + "." + f.Body)
	}
	if len(frames) == 0 || len(frames) > mostFirstFrames || text.Len() > maxFirstFrames {
		return ""
	}
	return FirstFramesProtocol + text.String()
}

// DecodeFirstFrames reads them out of the protocols of a request; there may be
// none.
func DecodeFirstFrames(protocols []string, session string) (frames []Frame, err error) {
	for _, p := range protocols {
		text, first := strings.CutPrefix(p, FirstFramesProtocol)
		if !first {
			continue
		}
		words := strings.Split(text, ".")
		if len(text) > maxFirstFrames || len(words)%2 != 0 || len(words) > 2*mostFirstFrames || frames != nil {
			return nil, fmt.Errorf("%w: %d words at first", ErrFrame, len(words))
		}
		for i := 0; i < len(words); i += 2 {
			f := Frame{Type: FrameType(words[i]), Session: session, Body: words[i+1]}
			if !f.Relayed() {
				return nil, fmt.Errorf("%w: %q at first", ErrFrame, f.Type)
			}
			if err := f.check(); err != nil {
				return nil, err
			}
			frames = append(frames, f)
		}
	}
	return frames, nil
}
