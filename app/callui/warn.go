package callui

import "parley/call"

// warn shows the words large where another machine than before is there, once.
func (p *Presenter) warn(e call.Event) {
	if e.Standing == call.Changed && e.State == call.Connected && len(e.Words) > 0 && !p.warned {
		p.model.Trust.Open, p.warned = true, true
	}
}

// ways say how two people reach each other, where that is worth saying.
var ways = map[call.Way]Text{
	call.Nearby: say("nearby"), call.ByLink: say("over a link"), call.ByCode: say("by a spoken code"),
}
