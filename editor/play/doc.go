// Package play plays a film that is being edited: with sound, from any frame,
// forwards and backwards, while it changes. It is pure: what decodes, what
// shows pictures and what makes sound are handed to it.
//
//	Player.do ──> engine (one goroutine) ── picture ──> Screen
//	                │ asks for frames     ── state ───> Report
//	                v
//	legs (a goroutine each) ── Decoder ──> shelf of pictures around the playhead
//	legs (a goroutine each) ── Decoder ──> tape of sound behind it
//	                                          ^
//	                         Speaker's thread ┘ and with it the clock
//
// Music that gives way to speech comes beside the other sound and is added to
// it here, as far down as the curve has it that Duck was given.
//
// The sound device is the clock; without one, time is. Neither waits for
// pictures or for sound: what is not there in time is left out, what comes too
// late is dropped, and nothing is queued beyond what the shelf and the tape
// hold. A leg decodes one span of the film from some frame on and is held up
// where it is far enough ahead; the leg of the next span is opened before the
// last one has ended, so that playing goes on across the join.
//
// The Player owns all goroutines; Close ends them and waits.
package play
