package editor

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
)

// margin is the part of the size asked for that pictures and sound may take:
// the rest is for the file's index, and for encoders that are a little off.
const margin = 0.96

// pictureBits is the bit rate at which the pictures of a film of so many
// frames leave room for its sound within MaxSize, in bit/s.
func (o Output) pictureBits(frames int64) (int64, error) {
	length := Frames(frames, o.Rate)
	bits := float64(o.MaxSize)*8*margin/length.Float() - float64(o.soundBits())
	if least := 0.004 * float64(o.Width*o.Height) * o.Rate.Float(); bits < least {
		return 0, fmt.Errorf("%w: %d bytes are too few for %s s of film in this size; choose a smaller picture, fewer frames a second or a larger file", ErrOutput, o.MaxSize, length)
	}
	return int64(bits), nil
}

// twice has a step look at its pictures first and encode them at a bit rate
// then, which spends on each what it needs.
func (p *planner) twice(s Step) (Step, error) {
	bits, err := p.Output.pictureBits(p.Frames())
	if err != nil {
		return s, err
	}
	args := slices.Clone(s.Args)
	i := slices.Index(args, "-crf")
	args[i], args[i+1] = "-b:v", itoa(bits)
	if i > 1 && args[i-2] == "-b:v" { // what VP9 wants with a constant quality
		args = slices.Delete(args, i-2, i)
	}
	sum := sha256.Sum256([]byte(fmt.Sprintf("%q %q", s.Inputs, args)))
	pass := func(n string) []string {
		return []string{"-pass", n, "-passlogfile", "p" + hex.EncodeToString(sum[:8])}
	}
	s.Before = append(append(slices.Clone(args[:len(args)-2]), pass("1")...), "-f", "null", "-")
	s.Args = append(append(args[:len(args)-2:len(args)-2], pass("2")...), args[len(args)-2:]...)
	return s, nil
}
