package ffmpeg

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// errNoConverter is why a HEIC cannot be read.
var errNoConverter = errors.New("heif-convert is missing")

// convertHEIF makes a PNG of a HEIC or AVIF picture, upright already.
func (t *Tools) convertHEIF(ctx context.Context, path string) (string, error) {
	program, err := exec.LookPath("heif-convert")
	if err != nil {
		e := refuse(path, "this is a HEIC or AVIF picture, which ffmpeg cannot read by itself",
			"install the converter with: sudo apt-get install libheif-examples")
		e.Cause = errNoConverter
		return "", e
	}
	return t.cached(path, ".png", func(target string) error {
		in, err := filepath.Abs(path)
		if err != nil {
			return err
		}
		err = start(ctx, process{op: "convert " + path, program: program, nice: true,
			args: []string{in, target}, read: discard})
		if failed, ok := errors.AsType[*Error](err); ok {
			failed.Cause, failed.Sentence = ErrInvalid, "the HEIC picture is damaged or of a kind that heif-convert does not know"
			failed.Hint = "export it as JPEG and use that"
		}
		if err != nil {
			return err
		}
		return firstOfMany(target)
	})
}

// firstOfMany takes the first where heif-convert numbered the pictures of a
// file that holds several.
func firstOfMany(target string) error {
	if _, err := os.Stat(target); err == nil {
		return nil
	}
	return os.Rename(strings.TrimSuffix(target, ".png")+"-1.png", target)
}

func discard(r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	return err
}
