package rendezvous

import "parley/call"

// figures counts what happens.
type figures struct{}

func (f *figures) refused(call.FrameReason)    {}
func (f *figures) relayed(call.FrameType, int) {}
func (f *figures) joined()                     {}
func (f *figures) slow()                       {}
