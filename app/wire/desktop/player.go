package desktop

import (
	"image"
	"sync/atomic"

	"parley/app/editui"
	"parley/app/settings"
	"parley/app/wire"
	"parley/call"
	"parley/editor"
	"parley/editor/play"
)

// player fits a preview to what the Edit tab asks for: the tab counts in the
// film's time, the preview in its frames.
type player struct {
	*wire.Preview
	rate atomic.Pointer[editor.Ratio]
}

func newPlayer(kit func() (*wire.Editor, error), effects editor.Effects, speaker func() string, screen editui.Screen, told func(editui.Playing)) *player {
	p := &player{}
	p.rate.Store(&editor.DefaultOutput.Rate)
	p.Preview = wire.NewPreview(wire.PreviewConfig{
		Editor: kit, Effects: effects, Speaker: speaker,
		Screen: func(picture *image.RGBA, _ int64) { screen.Show(picture) },
		Delay:  screen.Delay,
		Report: func(s play.State) {
			told(editui.Playing{
				At: editor.Frames(s.Frame, *p.rate.Load()), Moves: s.Moves, Speed: s.Speed, Waiting: s.Waiting,
				Exact: s.Exact, Silent: s.Silent, Trouble: s.Trouble, Listening: s.Listening, Unducked: s.Unducked,
			})
		},
	})
	return p
}

// Load satisfies editui.Player.
func (p *player) Load(project *editor.Project, within image.Point) error {
	err := p.Preview.Load(project, within.X, within.Y)
	rate := p.Rate()
	p.rate.Store(&rate)
	return err
}

// MoveTo satisfies editui.Player.
func (p *player) MoveTo(at editor.Time) { p.Preview.MoveTo(at.FrameFloor(*p.rate.Load())) }

// Scrub satisfies editui.Player.
func (p *player) Scrub(at editor.Time) { p.Preview.Scrub(at.FrameFloor(*p.rate.Load())) }

// speakerOf is the speaker that films are heard from: the one that was chosen
// for this start, or in the settings.
func speakerOf(s settings.Settings, thisTime *string) string {
	for _, name := range []*string{thisTime, s.Speaker} {
		if name != nil {
			return *name
		}
	}
	return call.DeviceDefault
}
