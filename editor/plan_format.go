package editor

import "fmt"

// reel plans the pictures that the film's format has: those of every span, of
// one moment, or none.
func (p *planner) reel() error {
	if !p.Output.Format.Seen() {
		return nil
	}
	p.prepare()
	if p.Output.Format.Poster() {
		return p.poster()
	}
	for _, s := range p.spans {
		if err := p.pictures(s); err != nil {
			return err
		}
	}
	return nil
}

// poster plans the one picture at the output's moment; the film's last where
// it ends before.
func (p *planner) poster() error {
	moment := p.Output.Moment.Add(Rational(1, 1e6)) // a time that was written with six places is rounded
	frame := min(moment.FrameFloor(p.Output.Rate), p.Frames()-1)
	i, ok := p.at(frame)
	if !ok {
		return fmt.Errorf("it has no picture at %s s", p.Output.Moment)
	}
	p.plan.Frames, p.plan.Samples = 1, 0
	return p.encode(span{frame, frame + 1, p.spans[i].clips})
}

// Names of the files that an animated GIF is made by, beside the segments.
const (
	JoinedName  = "joined.mp4"
	PaletteName = "palette.png"
)

// calmest is how many pictures a second a GIF has at most; its delays are
// hundredths of a second, and its size grows with each.
const calmest = 15

// gifStep is of how many film frames a GIF shows one.
func (o Output) gifStep() int64 {
	n := int64(1)
	for o.Rate.Float()/float64(n) > calmest {
		n++
	}
	return n
}

// Shown is how many pictures the film's file holds.
func (p *Plan) Shown() int64 {
	switch {
	case !p.Output.Format.Seen():
		return 0
	case p.Output.Format == GIF:
		step := p.Output.gifStep()
		return (p.Frames + step - 1) / step
	}
	return p.Frames
}

// PaletteArgs find the colours of a GIF in JoinedName and write PaletteName.
// The two are made one after the other, for one graph would hold the whole
// film in memory.
func (p *Plan) PaletteArgs() []string {
	return []string{
		"-i", JoinedName, "-vf", fmt.Sprintf("framestep=%d,palettegen=stats_mode=diff", p.Output.gifStep()),
		"-update", "1", "-frames:v", "1", "-f", "image2",
	}
}

// GIFArgs make the GIF from JoinedName with the colours of PaletteName.
func (p *Plan) GIFArgs() []string {
	return []string{
		"-i", JoinedName, "-i", PaletteName, "-filter_complex",
		fmt.Sprintf("[0:v]framestep=%d[s];[s][1:v]paletteuse=dither=bayer:bayer_scale=4:diff_mode=rectangle[v]", p.Output.gifStep()),
		"-map", "[v]", "-fps_mode", "passthrough", "-map_metadata", "-1", "-loop", "0", "-f", "gif",
	}
}

// Rate is how many of them are shown a second.
func (p *Plan) Rate() Ratio {
	if p.Output.Format == GIF {
		return Rational(p.Output.Rate.Num, p.Output.Rate.Den*p.Output.gifStep()).ratio()
	}
	return p.Output.Rate
}

func (t Time) ratio() Ratio { return Ratio{t.Num(), t.Den()} }
