package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"parley/call"
	"parley/editor"
	"parley/editor/ffmpeg"
)

// openFilm satisfies capture.OpenFile with ffmpeg, which is looked for only
// when somebody plays a film for a camera.
func openFilm(path string, want call.VideoFormat) (io.ReadCloser, error) {
	ctx := context.Background()
	tools, err := ffmpeg.Find(ctx)
	if err != nil {
		return nil, err
	}
	m, err := tools.Probe(ctx, path)
	if err != nil {
		return nil, brief(err)
	}
	v, ok := m.Video()
	if !ok {
		return nil, errors.New("there is no picture in it")
	}
	readable, err := tools.Readable(ctx, path)
	if err != nil {
		return nil, brief(err)
	}
	return tools.Stream(ctx, ffmpeg.Command{Op: "play the file", Args: filmArgs(m, v, readable, want)})
}

// filmArgs decode a film for ever, in the size and at the rate that are wanted,
// with black beside a picture of another shape. A still is decoded once.
func filmArgs(m *editor.Media, v *editor.Stream, path string, want call.VideoFormat) []string {
	rate := strconv.FormatFloat(want.FrameRate, 'f', -1, 64)
	fit := fmt.Sprintf("scale=iw*sar:ih,scale=%d:%d:force_original_aspect_ratio=decrease:force_divisible_by=2:out_color_matrix=bt601:out_range=tv,"+
		"format=yuv420p,pad=%[1]d:%[2]d:-1:-1,setsar=1", want.Width, want.Height)
	var args []string
	filter := "fps=" + rate + "," + fit
	if m.Still {
		filter = fit + ",loop=loop=-1:size=1,setpts=N/(" + rate + "*TB)"
	} else {
		args = []string{"-stream_loop", "-1"}
	}
	args = append(args, ffmpeg.InputOptions(m)...)
	return append(args, "-i", ffmpeg.InputArg(path), "-map", "0:"+strconv.Itoa(v.Index),
		"-vf", filter, "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1")
}

// sentence is an ffmpeg.Error within a sentence that names the file already.
type sentence struct{ of *ffmpeg.Error }

func (s sentence) Error() string { return s.of.Sentence }
func (s sentence) Unwrap() error { return s.of }

func brief(err error) error {
	if e, ok := errors.AsType[*ffmpeg.Error](err); ok {
		return sentence{e}
	}
	return err
}
