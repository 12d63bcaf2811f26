package render

import (
	"context"
	"errors"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// assemble makes the film's file of what is in the workshop.
func (j *job) assemble(ctx context.Context, path string) error {
	if j.plan.Output.Format == editor.GIF {
		return j.gif(ctx, path)
	}
	return j.mux(ctx, ffmpeg.InputArg(path))
}

// mux joins the segments into one file.
func (j *job) mux(ctx context.Context, to string) error {
	if err := j.head(); err != nil {
		return err
	}
	for name, text := range map[string]string{
		editor.PictureList:  j.plan.PictureListText(),
		editor.ChapterFile:  j.plan.Chapters,
		editor.SubtitleFile: j.plan.Subtitles,
	} {
		if err := j.work.write(name, text); err != nil {
			return err
		}
	}
	room, err := j.room()
	if err != nil {
		return err
	}
	args := append(j.plan.MuxArgs(j.tools.Version.DelaysOpus()), room...)
	return j.join(ctx, "joining the clips", append(args, to))
}

// gif finds the film's colours and then draws it in them.
func (j *job) gif(ctx context.Context, path string) error {
	if err := j.mux(ctx, editor.JoinedName); err != nil {
		return err
	}
	if err := j.join(ctx, "finding the colours", append(j.plan.PaletteArgs(), editor.PaletteName)); err != nil {
		return err
	}
	err := j.join(ctx, "drawing the film", append(j.plan.GIFArgs(), ffmpeg.InputArg(path)))
	return errors.Join(err, removeIfThere(j.work.path(editor.JoinedName)))
}

func (j *job) join(ctx context.Context, op string, args []string) error {
	return j.tools.Run(ctx, ffmpeg.Command{
		Op: op, Args: args, Dir: j.work.dir, Nice: true, Frames: j.plan.Frames,
		Progress: func(p ffmpeg.Progress) { j.track.joined(p, j.plan.Frames) },
	})
}
