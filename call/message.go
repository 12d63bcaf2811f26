package call

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ProtocolVersion is the version of the signalling that this program speaks.
const ProtocolVersion = 1

// Limits on what the other side may send.
const (
	MaxMessage = 128 << 10 // bytes of one message
	MaxName    = 64        // runes of a person's name, as shown
	maxToken   = 128       // bytes of a session ID or a reason
)

// MessageType says what a Message is.
type MessageType string

// The messages. A call is set up like this, over any Link:
//
//	caller                         callee
//	  hello{version,name}     ──>
//	  offer{session,sdp}      ──>  (rings)
//	                          <──  hello{version,name}
//	                          <──  ok{session,for:offer}
//	                          <──  answer{session,sdp}     (accepted)
//	  ok{session,for:answer}  ──>
//	  candidate{session,…}    <─>  candidate{session,…}    (any time after the offer)
//	  restart{session,sdp}    <─>  answer{session,sdp}     (a new path for the same call)
//	  bye{session,reason}     <─>  bye{session,reason}     (ends it, from either side, at any time)
const (
	Hello   MessageType = "hello"
	Offer   MessageType = "offer"
	Answer  MessageType = "answer"
	OK      MessageType = "ok"
	Trickle MessageType = "candidate"
	Resume  MessageType = "resume"
	Restart MessageType = "restart"
	Bye     MessageType = "bye"
)

// Message is the one JSON envelope of signalling, carried by every Link.
type Message struct {
	Type      MessageType `json:"type"`
	Session   string      `json:"session,omitempty"`
	Version   int         `json:"version,omitempty"`   // hello
	Name      string      `json:"name,omitempty"`      // hello: who speaks, as shown to a person
	Port      int         `json:"port,omitempty"`      // hello: where the speaker takes calls, see Link.Back; 0: nowhere
	SDP       string      `json:"sdp,omitempty"`       // offer, answer, restart
	For       MessageType `json:"for,omitempty"`       // ok: what it acknowledges
	Candidate *Candidate  `json:"candidate,omitempty"` // candidate
	Reason    Reason      `json:"reason,omitempty"`    // bye
	Commit    string      `json:"commit,omitempty"`    // offer: see verification
	Nonce     string      `json:"nonce,omitempty"`     // answer, ok for answer: see verification
	Glare     string      `json:"glare,omitempty"`     // bye for busy: see glareProof
}

// Candidate is one address at which a side may be reached (RFC 8839), in the
// form that browsers exchange.
type Candidate struct {
	Candidate     string  `json:"candidate"`
	SDPMid        *string `json:"sdpMid,omitempty"`
	SDPMLineIndex *uint16 `json:"sdpMLineIndex,omitempty"`
}

// ErrMessage is what a message that breaks the protocol is answered with.
var ErrMessage = errors.New("the other side sent a message that is not understood")

// DecodeMessage reads one message from the other side and checks it.
func DecodeMessage(data []byte) (Message, error) {
	var m Message
	if len(data) > MaxMessage {
		return m, fmt.Errorf("%w: %d bytes", ErrMessage, len(data))
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, fmt.Errorf("%w: %v", ErrMessage, err)
	}
	m.Name = CleanName(m.Name)
	return m, m.check()
}

// Encode writes the message as JSON.
func (m Message) Encode() ([]byte, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	return json.Marshal(m)
}

func (m Message) check() error {
	need := func(ok bool, what string) error {
		if ok {
			return nil
		}
		return fmt.Errorf("%w: %q without %s", ErrMessage, m.Type, what)
	}
	if !isToken(m.Session) || !isToken(string(m.Reason)) || !isToken(m.Glare) {
		return fmt.Errorf("%w: a session or reason is too long or no plain word", ErrMessage)
	}
	if !isBytes(m.Nonce, nonceBytes) || !isBytes(m.Commit, sha256.Size) {
		return fmt.Errorf("%w: a number or commitment of another length", ErrMessage)
	}
	switch m.Type {
	case Hello:
		return errors.Join(need(m.Version > 0, "version"), need(m.Port >= 0 && m.Port <= 65535, "a port that can be"))
	case Resume, Restart:
		return need(m.Session != "", "session")
	case Offer, Answer:
		return errors.Join(need(m.Session != "", "session"), need(m.SDP != "", "sdp"))
	case OK:
		return errors.Join(need(m.Session != "", "session"), need(m.For != "", "for"))
	case Trickle:
		return errors.Join(need(m.Session != "", "session"), need(m.Candidate != nil, "candidate"))
	case Bye:
		return need(m.Session != "", "session")
	}
	return fmt.Errorf("%w: type %q", ErrMessage, m.Type)
}

// isToken says whether a text is fit for a log, a file name and a comparison:
// letters, digits and a few signs of ASCII, maxToken at most. It may be empty.
func isToken(s string) bool {
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_':
		default:
			return false
		}
	}
	return len(s) <= maxToken
}

// CleanName makes a name from the other side fit to be shown: printable, on
// one line, at most MaxName runes, without marks that turn the text around.
func CleanName(name string) string {
	if !utf8.ValidString(name) {
		name = strings.ToValidUTF8(name, "")
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, name)
	name = strings.Join(strings.Fields(name), " ")
	if utf8.RuneCountInString(name) > MaxName {
		name = string([]rune(name)[:MaxName])
	}
	return name
}
