// Package rtc carries a call's media over pion/webrtc: it satisfies call.Peer.
//
// A Factory makes Peers that share one certificate and one UDP port. A Peer
// owns pion's peer connection and the goroutines that read its tracks and its
// RTCP; Close ends them and waits. Pictures are put together from packets by
// an assembler that waits for retransmissions, and never past their use.
package rtc
