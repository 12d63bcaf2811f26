// Package mix adds up the film's sound: the sounds of the clips, each at its
// place to the sample, cross-faded where they overlap and joined without a
// click where they do not; the music under them, turned down while somebody
// speaks; all of it at the loudness that was asked for. It is pure: it reads
// samples and makes samples.
//
//	parts ── Bus ──────────────┐
//	                           ├─ Film ── Limiter ── samples
//	music ── Bus ── × Duck ────┘     └── Meter
//
// Samples are pairs of float32, left and right beside each other, 1 being full
// scale; positions count pairs. Whatever can be read at any position gives the
// same there however it was reached, so that pieces of the film can be made
// one by one. Memory does not grow with the film, the curve of the ducking
// aside (10 KB a minute).
package mix
