package call

import "fmt"

// Reason says why a call ended. It travels in bye messages.
type Reason string

// The reasons.
const (
	HungUp      Reason = "hangup"
	Declined    Reason = "declined"
	Busy        Reason = "busy"
	NoAnswer    Reason = "no-answer"
	Cancelled   Reason = "cancelled"   // the caller gave up while it rang
	Unreachable Reason = "unreachable" // nobody could be reached at the address
	Lost        Reason = "lost"        // the other side vanished in the call
	NoPath      Reason = "no-path"     // answered, but no media path was found
	Broken      Reason = "broken"      // the protocol was broken, or something failed here
)

// Sentence tells a person why the call with them ended. them may be empty.
func (r Reason) Sentence(them string) string {
	if them == "" {
		them = "the other side"
	}
	switch r {
	case HungUp:
		return "The call is over."
	case Declined:
		return fmt.Sprintf("%s declined the call.", upperFirst(them))
	case Busy:
		return fmt.Sprintf("%s is in another call; try again later.", upperFirst(them))
	case NoAnswer:
		return fmt.Sprintf("%s did not answer.", upperFirst(them))
	case Cancelled:
		return "The call was cancelled."
	case Unreachable:
		return "Nobody could be reached; check the address and that Parley runs there."
	case Lost:
		return fmt.Sprintf("The connection to %s was lost: their program or network stopped answering. Call again when they are back.", them)
	case NoPath:
		return fmt.Sprintf("%s answered, but no way for picture and sound was found; check that a firewall lets Parley's UDP port through.", upperFirst(them))
	}
	return fmt.Sprintf("The call with %s failed; the log says more.", them)
}

// IncomingSentence tells a person why a call that came in from them ended.
// them may be empty.
func (r Reason) IncomingSentence(them string) string {
	if them == "" {
		them = "the other side"
	}
	switch r {
	case Declined:
		return "You declined the call."
	case NoAnswer, Cancelled:
		return fmt.Sprintf("You missed a call from %s.", them)
	}
	return r.Sentence(them)
}

func upperFirst(s string) string {
	if s == "the other side" {
		return "The other side"
	}
	return s
}
