package ffmpeg

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
)

// The names that Media.Format has for what is read through a copy.
const (
	formatHEIF = "heif"
	formatWebP = "webp_anim"
)

// Readable is a path with the same picture that ffmpeg can read: the path
// itself, or a copy in Cache for HEIC, AVIF and animated WebP. Probe,
// Thumbnail and InputOptions(Media) know of it; who gives a file to Run asks
// here first.
func (t *Tools) Readable(ctx context.Context, path string) (string, error) {
	src, err := t.source(ctx, path)
	return src.path, err
}

// cached is a file in Cache that was made from another once. It is known by
// path, size and time of change, and whole or absent.
func (t *Tools) cached(path, suffix string, produce func(target string) error) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", fileError(path, err)
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	key := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d\x00%d", abs, info.Size(), info.ModTime().UnixNano()))
	target := filepath.Join(t.Cache, hex.EncodeToString(key[:16])+suffix)
	if done, err := os.Stat(target); err == nil && done.Size() > 0 {
		return target, nil
	}
	if err := os.MkdirAll(t.Cache, 0o700); err != nil {
		return "", fileError(t.Cache, err)
	}
	folder, err := os.MkdirTemp(t.Cache, "making-")
	if err != nil {
		return "", fileError(t.Cache, err)
	}
	defer os.RemoveAll(folder)
	fresh := filepath.Join(folder, "picture"+suffix)
	if err := produce(fresh); err != nil {
		return "", err
	}
	if err := os.Rename(fresh, target); err != nil {
		return "", fileError(target, err)
	}
	return target, nil
}
