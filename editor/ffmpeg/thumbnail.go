package ffmpeg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"path/filepath"
	"slices"

	"parley/editor"
)

// Bounds of a thumbnail.
const (
	maxThumbnail      = 4096
	maxThumbnailBytes = 128 << 20
)

// ErrNoPicture is what a thumbnail of a sound is answered with.
var ErrNoPicture = errors.New("no picture")

// Thumbnail is the picture of a file at a time from its beginning, upright, in
// its right shape and no larger than maxW x maxH pixels. It is quick: the key
// frame before the time is shown. A time after the end shows the last one. The
// caller owns the picture.
func (t *Tools) Thumbnail(ctx context.Context, path string, at editor.Time, maxW, maxH int) (*image.RGBA, error) {
	if maxW < 1 || maxH < 1 || maxW > maxThumbnail || maxH > maxThumbnail {
		return nil, fmt.Errorf("a thumbnail of %dx%d pixels cannot be made; ask for 1 to %d a side", maxW, maxH, maxThumbnail)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if _, err := regular(path); err != nil {
		return nil, err
	}
	src, err := t.source(ctx, path)
	if err != nil {
		return nil, err
	}
	for _, way := range ways(src, at) {
		picture, err := t.thumbnail(ctx, src, way, maxW, maxH)
		if err != nil || picture != nil {
			return picture, err
		}
	}
	return nil, fmt.Errorf("thumbnail of %s: %w", path, ErrNoPicture)
}

// way is how to reach a picture: options of the input, and filters that come
// before the scaling.
type way struct {
	seek    []string
	filters string
}

// longestLoop bounds the time up to which an animation is read.
const longestLoop = 600

// ways are to be tried until one gives a picture: behind the end there is
// nothing, nor is there always a key frame (a stream cut from another).
func ways(src source, at editor.Time) []way {
	keys := []string{"-skip_frame", "nokey"}
	switch {
	case src.picture:
		return []way{{}}
	case at.Num() <= 0:
		return []way{{seek: keys}, {}}
	case src.loop: // its container cannot seek, and a picture may stand long
		at = at.Min(editor.Rational(longestLoop, 1))
		return []way{{filters: "fps=25,tpad=stop=-1:stop_mode=clone,trim=start=" + at.String() + ","}, {}}
	}
	there := []string{"-ss", at.String(), "-noaccurate_seek"}
	end := []string{"-sseof", "-3", "-noaccurate_seek"}
	return []way{{seek: slices.Concat(keys, there)}, {seek: there}, {seek: slices.Concat(keys, end)}, {seek: keys}, {}}
}

// thumbnail is nil where no picture came out.
func (t *Tools) thumbnail(ctx context.Context, src source, w way, maxW, maxH int) (*image.RGBA, error) {
	args := slices.Concat([]string{"-protocol_whitelist", protocols, "-format_whitelist", t.formats}, src.options(), w.seek,
		[]string{"-i", InputArg(src.path), "-map", "0:v:0?", "-frames:v", "1", "-fps_mode", "passthrough", "-an", "-sn", "-dn",
			"-vf", w.filters + fit(maxW, maxH), "-c:v", "png", "-f", "image2pipe", "pipe:1"})
	data, err := t.Output(ctx, Command{Op: "thumbnail of " + src.name, Args: args, Nice: true}, maxThumbnailBytes)
	if ctx.Err() != nil {
		return nil, err
	}
	if len(data) == 0 {
		return nil, unlessEmpty(err)
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("thumbnail of %s: %w", src.name, err)
	}
	return rgba(picture), nil
}

// unlessEmpty passes a failure on, except ffmpeg's ways of saying that there
// was no picture to write.
func unlessEmpty(err error) error {
	if failed, ok := errors.AsType[*Error](err); ok && failed.Cause == ErrFailed && failed.ExitCode > 0 {
		return nil
	}
	return err
}

// fit scales into a box with square pixels. dar is the shape as displayed;
// ffmpeg has turned the picture upright before.
func fit(w, h int) string {
	return fmt.Sprintf("scale=w='max(1,min(%d,round(%d*dar)))':h='max(1,min(%d,round(%d/dar)))':flags=area,setsar=1,format=rgba", w, h, h, w)
}

func rgba(picture image.Image) *image.RGBA {
	if same, ok := picture.(*image.RGBA); ok {
		return same
	}
	b := picture.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Bounds(), picture, b.Min, draw.Src)
	return out
}
