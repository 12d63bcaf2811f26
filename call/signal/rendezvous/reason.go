package rendezvous

import (
	"errors"
	"fmt"

	"parley/call"
)

// What a server refuses, as a person is told it. Those who joined too late and
// those who guessed wrong are told the same by a server: it cannot know more.
var (
	// ErrUsedUp is for a link or code that leads nowhere any more.
	ErrUsedUp = errors.New("this link or code was used already, or its time is over; ask for a new one")
	// ErrAway is for a link whose maker's program is not running.
	ErrAway = errors.New("whoever made this link is not there at the moment; try again later, or ask them to start Parley")
	// ErrCode is for a code that is wrong, or that somebody else tried first.
	ErrCode = errors.New("the code is not right, or somebody tried it before; ask for a new one")
)

// refusal explains a frame that says failed.
func refusal(f call.Frame, host string) error {
	switch f.Reason {
	case call.SlotGone:
		return ErrUsedUp
	case call.SlotTaken:
		return ErrCode
	case call.BadKey:
		return fmt.Errorf("%s does not know this invitation key; check it in the settings, or ask whoever runs the server", host)
	case call.BadClaim:
		return fmt.Errorf("%s says that this link is another's; check the space's name in the settings, and make a new link", host)
	case call.TooMany:
		return fmt.Errorf("%s takes no more at the moment; try again later", host)
	case call.TooFast:
		return fmt.Errorf("%s was asked too often from here; wait a minute and try again", host)
	case call.GoingAway:
		return fmt.Errorf("%s is being restarted; try again in a moment", host)
	}
	return fmt.Errorf("%w: %s refused with %q; bring this program up to date", call.ErrFrame, host, f.Reason)
}
