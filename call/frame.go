package call

import (
	"encoding/json"
	"errors"
	"fmt"
)

// MaxFrame bounds one frame between a program and a rendezvous, in bytes: a
// sealed message of MaxMessage in base64, and what stands around it.
const MaxFrame = 192 << 10

// FrameProtocol names the version of the frames when a WebSocket is opened.
const FrameProtocol = "parley.rendezvous.v1"

// FrameType says what a Frame is.
type FrameType string

// The frames between a program and a rendezvous. A host keeps slots open over
// one WebSocket; a guest joins one slot over one of its own. Once it has, what
// either sends with the call's session reaches the other side as it is.
//
//	host                       rendezvous                      guest
//	  open{slot,claim,key} ──>
//	                       <──  opened{slot,servers}
//	                                           <──  join{slot}
//	                       <──  knock{slot,session,servers}
//	                            joined{session,servers}  ──>
//	                       <──  hello, offer{session,body}     (sealed)
//	  ok, answer{session,body}  ──>                            (sealed)
//	  ok, candidate, restart, bye{session,body}  <─>
//	                       <──  left{session}     when the other side is gone
//
// A guest may join with the request for the WebSocket, as /ws?join=SLOT, and
// hears what it hears after join. It may name the session itself, by a token that
// nobody could guess (&session=TOKEN), and then it can say its first frames with
// the same request: see EncodeFirstFrames.
//
// The slot of a spoken code is a number, and both sides have to come to a key
// first, by CPace. The host's half is left with the server, for the one guest
// whom it is for, and the guest speaks with the other half:
//
//	host                       rendezvous                      guest
//	  open{number}         ──>
//	                       <──  opened{slot,number}
//	  share{slot,body}     ──>
//	                       <──  opened{slot,number}     (guests may come)
//	                                           <──  join{slot}
//	                            joined{session,servers,space,body}  ──>
//	                       <──  pake, hello, offer{session,body}
//
// A guest who joins a slot that nobody has open is told waiting, and joined
// when it is opened; one who was told left or failed may join again. Whatever is
// refused is told failed, with a reason. Of two connections that open the same
// slot the newer one has it, and the older one is told closed (slot-taken).
// A slot that is open once is closed (slot-gone) when the guest's ok for the
// answer has come across; a number after its one guest has left.
const (
	OpenSlot  FrameType = "open"   // host: keep a slot open
	CloseSlot FrameType = "close"  // host: no longer
	Opened    FrameType = "opened" // to the host
	Closed    FrameType = "closed" // to the host: used up or out of time
	Join      FrameType = "join"   // guest
	Waiting   FrameType = "waiting"
	Joined    FrameType = "joined"
	Knock     FrameType = "knock"  // to the host: a guest joined
	Left      FrameType = "left"   // the other side of a session is gone
	Leave     FrameType = "leave"  // host: done with a session; its guest is told left
	Failed    FrameType = "failed" // what was asked cannot be
	Share     FrameType = "share"  // host: its half of CPace, for whoever joins its number
	Pake      FrameType = "pake"   // relayed: the guest's half, in place of a secret known before
)

// Frame is the one JSON envelope between a program and a rendezvous. What is
// relayed has the type of the message that its body holds sealed, so that a
// server can tell offer, answer and ok apart and read none of them.
type Frame struct {
	Type    FrameType   `json:"type"`
	Slot    string      `json:"slot,omitempty"`
	Session string      `json:"session,omitempty"`
	Claim   string      `json:"claim,omitempty"`   // open: proves that the slot is the host's, see SlotOf
	Key     string      `json:"key,omitempty"`     // open: the invitation key of a space
	Number  bool        `json:"number,omitempty"`  // open: the server picks a short number for a spoken code
	Once    bool        `json:"once,omitempty"`    // open: for one guest
	Seconds int         `json:"seconds,omitempty"` // open, opened: how long; 0: while the host is there
	Space   string      `json:"space,omitempty"`   // joined: the space of a number, whose name does not tell it
	Servers []Server    `json:"servers,omitempty"` // opened, joined, knock: for the media's path; relays not before there is a session, so a host takes those of the knock
	Reason  FrameReason `json:"reason,omitempty"`  // failed, closed, left
	Body    string      `json:"body,omitempty"`    // relayed: base64url without padding, sealed; share, joined: the host's half of CPace
}

// Server tells a side its own address as others see it (STUN, RFC 8489), or
// relays (TURN, RFC 8656). In JSON it is an RTCIceServer of the W3C.
type Server struct {
	URL        string `json:"urls"` // stun:HOST, turn:HOST or turns:HOST
	Username   string `json:"username,omitempty"`
	Credential string `json:"credential,omitempty"`
}

// FrameReason says why a rendezvous refuses or ends something.
type FrameReason string

// The reasons.
const (
	BadFrame  FrameReason = "bad-frame"  // not understood, or not allowed here
	BadKey    FrameReason = "bad-key"    // no space has this invitation key
	BadClaim  FrameReason = "bad-claim"  // the slot is another host's
	NoSession FrameReason = "no-session" // the other side is gone, or never was
	Silent    FrameReason = "silent"     // the other side is not heard any more; it may come back
	SlotGone  FrameReason = "slot-gone"  // used up, or out of time
	SlotTaken FrameReason = "slot-taken" // one guess a spoken code, and it was made
	TooMany   FrameReason = "too-many"   // slots or connections, by a limit of the server
	TooFast   FrameReason = "too-fast"   // frames, by a limit of the server
	// GoingAway: the server restarts. A host opens its slots at once over a new
	// connection; the sessions of this one go on until they end, and then the
	// server closes it.
	GoingAway FrameReason = "going-away"
)

// ErrFrame is what a frame that breaks the protocol is answered with.
var ErrFrame = errors.New("the rendezvous and this program do not understand each other")

// relayed are the types that pass from one side of a session to the other.
var relayed = map[FrameType]bool{
	FrameType(Hello): true, FrameType(Offer): true, FrameType(Answer): true, FrameType(OK): true,
	FrameType(Trickle): true, FrameType(Resume): true, FrameType(Restart): true, FrameType(Bye): true, Pake: true,
}

// Relayed tells whether the frame is for the other side of its session.
func (f Frame) Relayed() bool { return relayed[f.Type] }

// DecodeFrame reads one frame and checks it.
func DecodeFrame(data []byte) (Frame, error) {
	var f Frame
	if len(data) > MaxFrame {
		return f, fmt.Errorf("%w: a frame of %d bytes", ErrFrame, len(data))
	}
	if err := json.Unmarshal(data, &f); err != nil {
		return f, fmt.Errorf("%w: %v", ErrFrame, err)
	}
	return f, f.check()
}

// Encode writes the frame as JSON.
func (f Frame) Encode() ([]byte, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	return json.Marshal(f)
}

func (f Frame) check() error {
	for _, token := range []string{f.Session, f.Claim, f.Key, string(f.Reason)} {
		if !isToken(token) {
			return fmt.Errorf("%w: %q with a field that is too long or no plain word", ErrFrame, f.Type)
		}
	}
	switch {
	case !IsSlot(f.Slot) && f.Slot != "":
		return fmt.Errorf("%w: %q with a slot that cannot be", ErrFrame, f.Type)
	case !IsSpace(f.Space) && f.Space != "":
		return fmt.Errorf("%w: %q with a space that cannot be", ErrFrame, f.Type)
	case f.Relayed():
		if f.Session == "" || f.Body == "" {
			return fmt.Errorf("%w: %q without session or body", ErrFrame, f.Type)
		}
		return nil
	}
	switch f.Type {
	case OpenSlot:
		if f.Number == (f.Slot != "") || f.Seconds < 0 || !f.Number && f.Claim == "" {
			return fmt.Errorf("%w: open takes a slot with its claim, or asks for a number", ErrFrame)
		}
	case CloseSlot, Join, Opened, Closed, Waiting:
		if f.Slot == "" {
			return fmt.Errorf("%w: %q without a slot", ErrFrame, f.Type)
		}
	case Share:
		if f.Slot == "" || f.Body == "" || !isToken(f.Body) {
			return fmt.Errorf("%w: %q without a slot or half of a key", ErrFrame, f.Type)
		}
	case Knock, Joined, Left, Leave:
		if f.Session == "" || !isToken(f.Body) {
			return fmt.Errorf("%w: %q without a session, or with what is no half of a key", ErrFrame, f.Type)
		}
	case Failed:
	default:
		return fmt.Errorf("%w: type %q", ErrFrame, f.Type)
	}
	return nil
}
