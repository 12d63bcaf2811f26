// Package congestion finds out how much a path carries, from transport-wide
// feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01), and divides
// it between sound and picture.
//
// A Controller is told of every packet that leaves (Sent), of every feedback
// that comes back (Feedback), and of the passing of time (Tick); Target says
// what to do. It has no goroutine, no lock, and reads no clock: whoever drives
// it owns it.
//
//	Sent ──> history <── feedback
//	            ├─> delay      how much of the way is a queue
//	            ├─> meter      what arrives a second
//	            ├─> losses ──> loss judge: is loss the rate's fault?
//	            └─> prober     what a short burst came through at
//	                 all ──> rate ──> share ──> Target
//
// The rate follows one rule: while there is a queue, what arrives is what the
// path gives, so a queue that builds sets the rate a little below what arrived
// until it has drained. Without a queue the rate grows, on evidence alone:
// what was sent and arrived, or a probe that came through undelayed. Loss by
// itself proves nothing; when it cannot be explained by what was lost before,
// the rate dips for a moment, and only loss that falls with it is congestion.
package congestion
