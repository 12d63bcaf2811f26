package rendezvous

import (
	"encoding/json"

	"parley/call"
)

// noteKind says what a note is.
type noteKind string

// The notes between servers, through the bus. Those about a slot go to every
// server that has to do with the slot, those about a session to the server that
// has the other side, the rest to all.
//
//	guest's server                      host's server
//	  knock{slot,session,node}   ──>
//	                             <──    welcome{session,node,opening,space,body}  or refuse{session,reason}
//	  relay{session,type,body}   <─>
//	  left{session}              <─>
const (
	knocks   noteKind = "knock"
	welcomes noteKind = "welcome"
	refuses  noteKind = "refuse"
	relays   noteKind = "relay"
	leaves   noteKind = "left"
	opens    noteKind = "open"  // a slot: who had it gives it up, who waits knocks again
	claims   noteKind = "claim" // a number that is about to be given out
	holds    noteKind = "held"  // the answer: it is another's
	spends   noteKind = "gone"  // a slot was used up or ran out: who comes late is told so, and a number is not given out again
	beats    noteKind = "beat"  // a server lives
	ends     noteKind = "end"   // a server goes
)

// note is what servers tell each other.
type note struct {
	Kind    noteKind         `json:"kind"`
	Node    string           `json:"node"` // who says it
	Slot    string           `json:"slot,omitempty"`
	Session string           `json:"session,omitempty"`
	Host    bool             `json:"host,omitempty"`    // relay, left: said by the host's side
	Opening string           `json:"opening,omitempty"` // tells the openings of one slot apart
	Space   string           `json:"space,omitempty"`
	Reason  call.FrameReason `json:"reason,omitempty"`
	Type    call.FrameType   `json:"type,omitempty"`
	Body    string           `json:"body,omitempty"`
}

// Topics of the bus. A slot's name may hold a point, which parts the words of
// a topic; as the last word it does no harm.
const everybody = "all"

func slotTopic(slot string) string { return "slot." + slot }
func nodeTopic(node string) string { return "node." + node }

// post is a note on its way.
type post struct {
	topic string
	node  string // to one server alone; "" where topic says who
	note  note
}

func encodeNote(n note) ([]byte, error) { return json.Marshal(n) }

func decodeNote(data []byte) (n note, err error) {
	err = json.Unmarshal(data, &n)
	return n, err
}
