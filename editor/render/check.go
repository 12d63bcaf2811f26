package render

import (
	"context"
	"errors"
	"fmt"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// ErrCheck is what a film that is not what it should be is refused with.
var ErrCheck = errors.New("the film failed its check and was thrown away")

// look is one way of examining a film.
type look func(context.Context) error

// check examines the film at path as if a stranger had made it: that it is
// what the plan says, and that every player will show it.
func check(ctx context.Context, tools *ffmpeg.Tools, path string, plan *editor.Plan) error {
	return checked(ctx, tools, path, plan, nil)
}

// checked examines the film as check does, and in some more ways. What its
// tables say comes first; then it is read and decoded, two looks at a time.
func checked(ctx context.Context, tools *ffmpeg.Tools, path string, plan *editor.Plan, more []look) error {
	m, err := tools.Probe(ctx, path)
	if err == nil {
		err = first(checkIndex(path, plan.Output), checkStreams(m, plan), checkPicture(m, plan), checkSound(m, plan), checkEnds(m, plan))
	}
	if err == nil {
		looks := append(more, looks(tools, path, plan)...)
		err = sideBySide(ctx, queue(looks), func(ctx context.Context, l look) error { return l(ctx) })
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrCheck, err)
	}
	return nil
}

// looks are the ways in which a film is read and decoded.
func looks(tools *ffmpeg.Tools, path string, plan *editor.Plan) []look {
	all := []look{func(ctx context.Context) error { return checkDecodes(ctx, tools, path) }}
	if plan.Output.Format.Seen() && !plan.Output.Format.Poster() {
		all = append(all, func(ctx context.Context) error { return checkPackets(ctx, tools, path, plan) })
		all = append(all, joinLooks(tools, path, plan)...)
	}
	if plan.Output.Format.Heard() {
		all = append(all, func(ctx context.Context) error { return checkBeside(ctx, tools, path, plan) })
	}
	return all
}

// want is a property that a stream has to have.
type wanted struct {
	what      string
	got, want any
}

func (w wanted) check() error {
	if w.got != w.want {
		return fmt.Errorf("its %s is %v instead of %v", w.what, w.got, w.want)
	}
	return nil
}

func all(wants []wanted) error {
	for _, w := range wants {
		if err := w.check(); err != nil {
			return err
		}
	}
	return nil
}

// first is the first of some failures: one is enough, and one sentence.
func first(failures ...error) error {
	for _, err := range failures {
		if err != nil {
			return err
		}
	}
	return nil
}

// checkIndex looks for an MP4's index at its front.
func checkIndex(path string, out editor.Output) error {
	if out.Format == "" || out.Format == editor.MP4 || out.Format == editor.M4A {
		return frontIndex(path)
	}
	return nil
}

func checkPicture(m *editor.Media, plan *editor.Plan) error {
	out := plan.Output
	v, ok := m.Video()
	if !ok {
		return nil // said already, or right
	}
	if out.Format == editor.GIF || out.Format.Poster() {
		return checkShape(m, out)
	}
	if err := checkLook(v, plan); err != nil {
		return err
	}
	return all([]wanted{
		{"codec", v.Codec, string(out.Pictures())},
		{"pixel format", v.PixelFormat, "yuv420p"},
		{"full range", v.FullRange, false},
		{"sample aspect ratio", v.SAR, editor.Ratio{Num: 1, Den: 1}},
		{"width", v.CodedWidth, out.Width},
		{"height", v.CodedHeight, out.Height},
		{"rotation", v.Rotation, 0},
		{"frame rate", v.FrameRate, out.Rate},
		{"rate's being variable", v.VariableRate, false},
	})
}

// checkLook compares how the pictures are to be decoded and shown. A film of
// which parts are copied says so in its source's words.
func checkLook(v *editor.Stream, plan *editor.Plan) error {
	if plan.Copied() > 0 {
		if !v.Copyable(plan.Output) {
			return errors.New("its pictures are not like those that were copied")
		}
		return nil
	}
	return all([]wanted{
		{"profile", v.Profile, profiles[plan.Output.Pictures()]},
		{"matrix", v.ColorSpace, "bt709"},
		{"transfer", v.ColorTransfer, "bt709"},
		{"primaries", v.ColorPrimaries, "bt709"},
	})
}

func checkSound(m *editor.Media, plan *editor.Plan) error {
	a, ok := m.Audio()
	if !ok {
		return nil // said already, or right
	}
	codec, rate := plan.Output.Sounds()
	return all([]wanted{
		{"sound's codec", a.Codec, codec},
		{"sample rate", a.SampleRate, rate},
		{"number of channels", a.Channels, 2},
	})
}

// checkEnds compares where picture and sound begin and end, to one frame.
func checkEnds(m *editor.Media, plan *editor.Plan) error {
	if plan.Output.Format.Poster() {
		return nil
	}
	end := editor.Frames(plan.Frames, plan.Output.Rate)
	if v, ok := m.Video(); ok {
		if err := first(near("the picture begins", v.Start, editor.Time{}, plan), near("the picture ends", v.Start.Add(v.Duration), end, plan)); err != nil {
			return err
		}
	}
	a, ok := m.Audio()
	if !ok {
		return nil
	}
	return first(near("the sound begins", a.Start, editor.Time{}, plan), near("the sound ends", a.Start.Add(a.Duration), end, plan))
}

func near(what string, got, want editor.Time, plan *editor.Plan) error {
	off := got.Sub(want)
	if off.Cmp(editor.Time{}) < 0 {
		off = want.Sub(got)
	}
	if off.Cmp(editor.Frames(1, plan.Output.Rate)) > 0 {
		return fmt.Errorf("%s at %s s instead of %s s", what, got, want)
	}
	return nil
}

// checkDecodes decodes the beginning of the film; any complaint of the
// decoder's is a failure.
func checkDecodes(ctx context.Context, tools *ffmpeg.Tools, path string) error {
	return tools.Run(ctx, ffmpeg.Command{
		Op:   "decoding the film",
		Args: []string{"-xerror", "-err_detect", "explode", "-i", ffmpeg.InputArg(path), "-frames:v", "130", "-t", "5", "-f", "null", "-"},
	})
}
