package main

import (
	"path/filepath"

	"parley/editor"
)

// stillLength is how long the photograph stands, in seconds; loopLength how
// much of that is made the slow way.
const (
	stillLength = 60
	loopLength  = 10
)

// still has a photograph stand for a minute.
func (b *bench) still() error {
	photo, err := b.photograph()
	if err != nil {
		return err
	}
	ours := map[int64]cost{}
	for _, seconds := range []int64{1, stillLength} {
		f := b.film()
		f.project.Output = &editor.Output{Width: 1920, Height: 1080, Rate: editor.Ratio{Num: 30, Den: 1}, SampleRate: 48000}
		if err := f.add(photo, func(c *editor.Clip) { c.Duration = editor.Rational(seconds, 1) }); err != nil {
			return err
		}
		project, err := f.save("still")
		if err != nil {
			return err
		}
		if ours[seconds], _, err = b.render(project, "still", false); err != nil {
			return err
		}
	}
	row := b.row("12 MP photograph for 60 s at 1920x1080", ours[stillLength])
	row.against("the same for 1 s", ours[1], 0, false)
	loop, err := ffmpeg(append(append([]string{"-loop", "1", "-framerate", "30", "-t", "10", "-i", photo,
		"-vf", "scale=1920:1080:force_original_aspect_ratio=decrease,pad=1920:1080:-1:-1,setsar=1"}, x264...), filepath.Join(b.dir, "loop.mp4"))...)
	if err != nil {
		return err
	}
	row.against("ffmpeg -loop 1", loop.scaled(stillLength/loopLength), 1.0/100, true)
	return nil
}
