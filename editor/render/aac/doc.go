// Package aac puts an AAC stream together from packets of several streams
// without decoding them: packets that are copied from recordings, and packets
// that were encoded for the places between. It is pure; it reads bytes and
// makes bytes.
//
// What has to be known of AAC-LC for that: a packet k carries a window over
// 2048 samples, the frames k and k+1 of 1024 samples each. A decoder adds the
// second half of one window to the first half of the next, and only if both
// were cut from the same sound, at the same place, with slopes of the same
// shape, does what each has folded over cancel out. So packets can be joined
// where three things hold:
//
//   - both streams stand on one grid of frames (Fit and Placement see to that),
//   - the frame in which they meet sounds the same in both, and
//   - the slope of the one window fits that of the next (Seam).
//
// ISO/IEC 14496-3, subpart 4, and for the framing 1.A.3.2.
package aac
