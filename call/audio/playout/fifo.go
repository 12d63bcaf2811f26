package playout

import (
	"math"

	"parley/call"
)

const (
	maxDecoded = 5760 // samples of the longest packet (RFC 6716: 120 ms)

	// The speed changes by at most 2 %, which speech bears unnoticed, or 5 %
	// when far behind. Nothing is done within the dead band, so that sound
	// passes untouched nearly always.
	speedLimit  = 0.02
	hurryLimit  = 0.05
	hurryFrom   = 120 * millisecond
	speedLeast  = 0.002
	deadBand    = 4 * millisecond
	settled     = millisecond / 4
	growTime    = 1.0 * call.SampleRate // a missing delay is made up in about this,
	shrinkTime  = 4.0 * call.SampleRate // an excess given back in this
	steepest    = 0.0005                // change of speed a block
	lookAhead   = 2                     // samples that the interpolation needs beyond
	lookBehind  = 1                     // and before
	fifoSamples = 2*maxDecoded + 4096
)

// fifo holds decoded samples and gives them out at a speed near 1.
//
// buf[0] is the sample given out last; the next is buf[1] and phase beyond.
type fifo struct {
	buf   []int16
	phase float64 // 0 to 1, position between two samples
	speed float64 // samples taken for each given out
	goal  float64 // where speed is going
	busy  bool    // a correction is under way
}

func newFIFO() fifo {
	f := fifo{buf: make([]int16, lookBehind, fifoSamples)}
	f.speed, f.goal = 1, 1
	return f
}

// reset empties it and puts lead samples of silence in.
func (f *fifo) reset(lead int) {
	f.buf = f.buf[:lookBehind+lead]
	clear(f.buf)
	f.phase, f.speed, f.goal, f.busy = 0, 1, 1, false
}

// room is where n further samples go; make them part with extend.
func (f *fifo) room(n int) []int16 {
	at := len(f.buf)
	return f.buf[at : at+n]
}

func (f *fifo) extend(n int) { f.buf = f.buf[:len(f.buf)+n] }

// left is the number of samples that wait.
func (f *fifo) left() int64 { return int64(len(f.buf) - lookBehind) }

// short says whether n cannot be given out yet.
func (f *fifo) short(n int) bool {
	if f.plain() {
		return len(f.buf) < lookBehind+n
	}
	fastest := math.Max(f.speed, f.goal) + 0.5/call.BlockSamples
	need := int(math.Ceil(f.phase+float64(n)*fastest)) + lookAhead
	return len(f.buf) < lookBehind+need
}

// plain says that samples pass untouched.
func (f *fifo) plain() bool { return f.phase == 0 && f.speed == 1 && f.goal == 1 }

// steer sets the speed for an excess of delay in samples (negative: too
// little). A correction begins outside the dead band and ends when settled.
func (f *fifo) steer(excess int64) {
	size := max(excess, -excess)
	if size > deadBand {
		f.busy = true
	} else if size < settled {
		f.busy = false
	}
	if !f.busy {
		f.goal = 1
		return
	}
	limit, time := speedLimit, growTime
	if excess > 0 {
		time = shrinkTime
	}
	if excess > hurryFrom {
		limit = hurryLimit
	}
	change := math.Min(math.Max(float64(size)/time, speedLeast), limit)
	f.goal = 1 + math.Copysign(change, float64(excess))
}

// read gives out len(block) samples, fewer and then silence if it runs dry.
func (f *fifo) read(block []int16) {
	if f.plain() {
		n := copy(block, f.buf[lookBehind:])
		clear(block[n:])
		f.consume(n)
		return
	}
	f.speed += math.Max(-steepest, math.Min(steepest, f.goal-f.speed))
	whole := f.align(len(block))
	f.interpolate(block)
	if whole {
		f.phase, f.speed = 0, 1
	}
}

// align ends a correction: it bends the speed so that this block ends on a
// whole sample, and says so; from there on sound passes untouched again.
func (f *fifo) align(n int) bool {
	if f.goal != 1 || f.speed != 1 || n < call.BlockSamples {
		return false
	}
	f.speed = 1 + (math.Round(f.phase)-f.phase)/float64(n)
	return true
}

func (f *fifo) interpolate(block []int16) {
	at, phase := 0, f.phase
	for i := range block {
		if at+lookBehind+lookAhead >= len(f.buf) {
			clear(block[i:])
			break
		}
		block[i] = between(f.buf[at:at+4], phase)
		phase += f.speed
		step := int(phase)
		at += step
		phase -= float64(step)
	}
	if phase > 0.999 { // rounding just missed the sample
		at, phase = at+1, 0
	}
	f.phase = phase
	f.consume(at)
}

func (f *fifo) consume(n int) {
	if n == 0 {
		return
	}
	rest := copy(f.buf, f.buf[n:])
	f.buf = f.buf[:rest]
}

// between interpolates between s[1] and s[2] by a cubic through all four
// (Catmull-Rom): continuous in value and slope, so a change of speed is not
// heard as a click.
func between(s []int16, x float64) int16 {
	a, b, c, d := float64(s[0]), float64(s[1]), float64(s[2]), float64(s[3])
	y := b + 0.5*x*(c-a+x*(2*a-5*b+4*c-d+x*(3*(b-c)+d-a)))
	return int16(math.Round(math.Max(math.MinInt16, math.Min(math.MaxInt16, y))))
}
