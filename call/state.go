package call

import "fmt"

// State is where a session stands.
type State int

// The states of a session.
const (
	Idle         State = iota // no call
	Dialing                   // caller: reaching the other side
	Ringing                   // it rings, here or there
	Connecting                // accepted; looking for a media path
	Connected                 // media flows
	Reconnecting              // nothing arrives at the moment
	Ended                     // over, for a Reason
)

var stateNames = [...]string{"idle", "dialing", "ringing", "connecting", "connected", "reconnecting", "ended"}

func (s State) String() string {
	if s < 0 || int(s) >= len(stateNames) {
		return fmt.Sprintf("State(%d)", int(s))
	}
	return stateNames[s]
}

// input is what can happen to a session.
type input int

const (
	inDial     input = iota // caller: an address is dialled
	inOffer                 // callee: an offer came
	inRinging               // caller: OK for the offer came
	inAccept                // callee: the person accepted
	inAnswer                // caller: the answer came
	inPeerUp                // the peer connection is connected
	inPeerDown              // the peer connection hears nothing
	inEnd                   // anything that ends it
)

// transitions is the whole state table: what may happen where, and where it
// leads. An input that a state does not list is refused and changes nothing.
var transitions = map[State]map[input]State{
	Idle:         {inDial: Dialing, inOffer: Ringing, inEnd: Ended},
	Dialing:      {inRinging: Ringing, inAnswer: Connecting, inEnd: Ended},
	Ringing:      {inAnswer: Connecting, inAccept: Connecting, inEnd: Ended},
	Connecting:   {inPeerUp: Connected, inEnd: Ended},
	Connected:    {inPeerDown: Reconnecting, inEnd: Ended},
	Reconnecting: {inPeerUp: Connected, inEnd: Ended},
	Ended:        {},
}

// next is the state after in, and whether in is allowed at s.
func (s State) next(in input) (State, bool) {
	to, ok := transitions[s][in]
	return to, ok
}
