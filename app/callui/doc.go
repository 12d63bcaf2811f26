// Package callui is the call screen: oneself before a call, who is calling,
// the call itself, and why it ended.
//
//	call.Phone events ─┐
//	device lists ──────┤                       hop.Signal
//	recorder results ──┼─> Desk (Presenter) ── Model ──> View (widgets)
//	clock, statistics ─┘        ▲                          │
//	                            └── what the person does ──┘
//
// The Presenter is pure: it turns what happened into a Model, which says what
// is to be seen. The Desk owns the presenter's goroutine and a second one for
// what may take long (opening a device, starting a recording), so a ringing
// call is heard of and hung up even while a device or the window is stuck. The
// View only shows models and passes on keys and clicks.
package callui
