package rendezvous

import (
	"math"
	"time"

	"parley/call"
)

// door is one with what is known of it.
type door struct {
	call.Door
	code  *call.Code // of a spoken code
	half  *half      // of a spoken code's key, once it has a number
	key   string     // of the space
	taken bool       // the code's one guest is here
	again int        // links that this is the place to meet again for; 0: no such place

	refused *attached // over which it was refused and will be asked for again; nil: none
}

// opening asks the server to keep the door open.
func (d *door) opening(now time.Time) call.Frame {
	f := call.Frame{Type: call.OpenSlot, Key: d.key, Once: d.Once}
	if d.code != nil {
		f.Number = true
		return f
	}
	f.Slot, f.Claim = d.Slot, d.Claim
	if !d.Until.IsZero() {
		f.Seconds = max(1, int(math.Ceil(d.Until.Sub(now).Seconds())))
	}
	return f
}

func (d *door) over(now time.Time) bool { return !d.Until.IsZero() && !now.Before(d.Until) }
