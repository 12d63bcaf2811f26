package ffmpeg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
)

// Tools are the two programs. They are safe for concurrent use.
type Tools struct {
	FFmpeg  string  // path of ffmpeg
	FFprobe string  // path of ffprobe
	Version Version // of ffmpeg
	Cache   string  // folder for pictures that ffmpeg cannot read itself, made when it is needed
	Trials  string  // file that remembers which encoders in hardware work; "" remembers nothing

	formats string // containers that may be opened, for -format_whitelist

	indexes indexes // of streams that were looked into

	mu       sync.Mutex
	encoders map[string]error // what a trial of each encoder said
	trying   sync.Mutex       // of encoders in hardware
}

// install is the step that mends a missing or too old ffmpeg.
const install = "install it with: sudo apt-get install ffmpeg"

// Errors of Find.
var (
	ErrMissing = errors.New("ffmpeg is missing")
	ErrTooOld  = errors.New("ffmpeg is too old")
)

// Find looks for ffmpeg and ffprobe in PATH and asks them who they are.
func Find(ctx context.Context) (*Tools, error) {
	t := &Tools{encoders: map[string]error{}, Cache: cacheFolder()}
	var err error
	if t.FFmpeg, err = lookup("ffmpeg"); err != nil {
		return nil, err
	}
	if t.FFprobe, err = lookup("ffprobe"); err != nil {
		return nil, err
	}
	if t.Version, err = askVersion(ctx, t.FFmpeg); err != nil {
		return nil, err
	}
	if t.formats, err = askFormats(ctx, t.FFmpeg); err != nil {
		return nil, err
	}
	return t, nil
}

func lookup(name string) (string, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return "", fmt.Errorf("%w: there is no %s in PATH; %s", ErrMissing, name, install)
	}
	return filepath.Abs(path)
}

func askVersion(ctx context.Context, program string) (Version, error) {
	answer, err := ask(ctx, program, "-version")
	if err != nil {
		return Version{}, err
	}
	v, err := parseVersion(answer)
	if err != nil {
		return Version{}, fmt.Errorf("%w: %s does not say which ffmpeg it is (%w); %s", ErrMissing, program, err, install)
	}
	if v.Less(Oldest) {
		return Version{}, fmt.Errorf("%w: %s is version %s and %s or newer is needed; %s", ErrTooOld, program, v, Oldest, install)
	}
	return v, nil
}

func ask(ctx context.Context, program string, args ...string) (string, error) {
	out, err := exec.CommandContext(ctx, program, args...).Output()
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	if err != nil {
		return "", fmt.Errorf("%w: %s does not start (%w); %s", ErrMissing, program, err, install)
	}
	return string(out), nil
}

// cacheFolder is where converted pictures are kept.
func cacheFolder() string {
	base, err := os.UserCacheDir()
	if err != nil {
		base = os.TempDir()
	}
	return filepath.Join(base, "parley", "pictures")
}
