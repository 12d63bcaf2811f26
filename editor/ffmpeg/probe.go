package ffmpeg

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"

	"parley/editor"
)

// maxAnswer bounds ffprobe's answer, in bytes.
const maxAnswer = 16 << 20

// Probe says what is in a file. The path is relative to the working folder or
// absolute. A file without picture or sound is an *Error whose sentence says
// what it is instead.
func (t *Tools) Probe(ctx context.Context, path string) (*editor.Media, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	info, err := regular(path)
	if err != nil {
		return nil, err
	}
	m, err := t.look(ctx, path)
	if err != nil {
		return nil, err
	}
	m.Path, m.Size = path, info.Size()
	return m, nil
}

// look asks for the streams.
func (t *Tools) look(ctx context.Context, path string) (*editor.Media, error) {
	data, err := t.Inspect(ctx, path, "-show_format", "-show_streams")
	if err != nil {
		return nil, err
	}
	return parseAnswer(data)
}

// Inspect asks ffprobe about a file and returns its JSON, for a check that
// needs more than Probe tells. The options go before the file.
func (t *Tools) Inspect(ctx context.Context, path string, options ...string) ([]byte, error) {
	var out bytes.Buffer
	err := t.ffprobe(ctx, path, append([]string{"-of", "json"}, options...), func(r io.Reader) error {
		return readAll(&out, r, maxAnswer)
	})
	return out.Bytes(), err
}

// ffprobe runs ffprobe on one file with the restrictions that every file gets.
func (t *Tools) ffprobe(ctx context.Context, path string, options []string, read func(io.Reader) error) error {
	args := []string{"-hide_banner", "-loglevel", "error",
		"-protocol_whitelist", protocols, "-format_whitelist", t.formats}
	args = append(args, options...)
	return start(ctx, process{
		op: "probe " + path, program: t.FFprobe, read: read,
		args: append(args, "-i", InputArg(path)),
	})
}

// regular refuses what is no file to read: ffmpeg would wait for ever for a
// pipe to speak.
func regular(path string) (os.FileInfo, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fileError(path, err)
	}
	switch {
	case info.IsDir():
		return nil, refuse(path, "this is a folder", "choose a file inside it")
	case !info.Mode().IsRegular():
		return nil, refuse(path, "this is a device or a pipe, not a file", "save what it delivers to a file first")
	case info.Size() == 0:
		return nil, refuse(path, "the file is empty", "copy or download it again")
	}
	return info, nil
}
