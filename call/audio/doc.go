// Package audio is the sound device of a call: microphone and speaker on one
// clock, in blocks of 10 ms, through miniaudio (PulseAudio and PipeWire, ALSA,
// and the sound systems of other platforms) or made up where a test signal or
// nothing takes the place of hardware.
//
//	microphone --10 ms--> engine.step --> ring --> speaker
//	(its callback clocks)     |
//	                   process(heard, play)
//
// Whichever hardware there is gives the clock, the microphone before the
// speaker; without any, a ticker does. The callbacks run on miniaudio's
// threads or on the ticker's goroutine, which the device owns: Close ends
// them and waits.
package audio
