package transition

import (
	"fmt"

	"parley/editor"
)

// pace is how the share of the way that is shown follows from the share of
// the time that is gone, which is in variable 0 of an ffmpeg expression.
type pace string

const (
	steady pace = "ld(0)"                   // as time goes
	eased  pace = "ld(0)*ld(0)*(3-2*ld(0))" // slow at both ends
)

// at is the pace's value for a share of the time.
func (p pace) at(gone float64) float64 {
	if p == eased {
		return gone * gone * (3 - 2*gone)
	}
	return gone
}

// mix leads from one label to another with ffmpeg's xfade. That goes by time
// stamps alone, so both pictures get, for a transition of one second, the
// stamps at which it has come as far as it should; what comes out is counted
// again.
func mix(p editor.Passage, effect string, by pace, from, to, into string) string {
	stamps := fmt.Sprintf("settb=expr=1/1000000,setpts='st(0,(N+%d)/%d)*0+0.5+1000000*%s'", p.First+1, p.Of+1, by)
	x, y := "[blendx"+into[1:], "[blendy"+into[1:]
	return from + stamps + x + ";" + to + stamps + y + ";" + x + y +
		fmt.Sprintf("xfade=transition=%s:duration=1:offset=%.6f,", effect, -by.at(p.Gone(p.First))) + counted(p) + into
}

// counted gives the frames the time stamps 0, 1, 2… in frames.
func counted(p editor.Passage) string {
	return fmt.Sprintf("settb=expr=%d/%d,setpts=N", p.Output.Rate.Den, p.Output.Rate.Num)
}

// blend is a transition that xfade makes alone.
func blend(name, label, effect string, by pace) editor.Blend {
	return editor.Blend{Name: name, Label: label, Filter: func(p editor.Passage) string {
		return mix(p, effect, by, "[a]", "[b]", "[v]")
	}}
}
