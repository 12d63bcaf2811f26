// Package pacing spreads what a call sends over time, as a pion interceptor
// near the network.
//
// Sound leaves at once, in the goroutine that brings it. Retransmissions come
// next, copies that nobody asked for where the Controller orders them, and
// pictures last, at the rate that it orders, so that a key frame never holds
// sound back. Every packet gets its transport-wide sequence
// number when it really leaves, and the Controller is told.
//
//	sound ─────────────────────────────────┐
//	RTX ─────> repair queue ─┐             ├─> number, tell, write
//	       ┌─> copies queue ─┤             │
//	picture ─> picture queue ┴─ run, paced ┘
//	probes: what is queued, then padding on the RTX stream
//
// A Pacer owns one goroutine, which Close ends and waits for.
package pacing
