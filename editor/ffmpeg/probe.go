package ffmpeg

import (
	"bytes"
	"context"
	"io"
	"path/filepath"

	"parley/editor"
)

// maxAnswer bounds ffprobe's answer, in bytes.
const maxAnswer = 16 << 20

// Probe says what is in a file. The path is relative to the working folder or
// absolute. A file without picture or sound is an *Error whose sentence says
// what it is instead.
//
//	a usual picture's header, or:
//	first bytes -> ffprobe -> streams untold? deeper -> packets -> key frames
func (t *Tools) Probe(ctx context.Context, path string) (*editor.Media, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	info, err := regular(path)
	if err != nil {
		return nil, err
	}
	if m, ok := header(path); ok {
		m.Path, m.Size = path, info.Size()
		return m, ctx.Err()
	}
	src, err := t.source(ctx, path)
	if err != nil {
		return nil, err
	}
	m, err := t.examine(ctx, src)
	if err != nil {
		return nil, err
	}
	m.Path, m.Size = path, info.Size()
	src.mark(m)
	return m, nil
}

// examine looks, and looks deeper when that told too little.
func (t *Tools) examine(ctx context.Context, src source) (*editor.Media, error) {
	m, err := t.look(ctx, src)
	if ctx.Err() != nil {
		return nil, err
	}
	if err == nil && told(m) {
		s, err := t.measure(ctx, src, m)
		if err != nil {
			return nil, err
		}
		if !s.unknown(m) {
			return t.conclude(ctx, src, m, s)
		}
	}
	src.deep = true
	if m, err = t.look(ctx, src); err != nil {
		return nil, explain(src, err)
	}
	m.Deep = true
	s, err := t.measure(ctx, src, m)
	if err != nil {
		return nil, err
	}
	return t.conclude(ctx, src, m, s)
}

// conclude joins what the header, the packets and the key frames told.
func (t *Tools) conclude(ctx context.Context, src source, m *editor.Media, s scan) (*editor.Media, error) {
	drop(m)
	if !usable(m) {
		return nil, explain(src, nil)
	}
	s.apply(m)
	settle(m)
	if v, ok := m.Video(); ok && !m.Still {
		changes, err := t.changesSize(ctx, src, m, v)
		if err != nil {
			return nil, err
		}
		v.VariableSize = changes
	}
	return m, nil
}

// look asks for the streams, and of a picture for its frame, which alone
// knows the EXIF orientation.
func (t *Tools) look(ctx context.Context, src source) (*editor.Media, error) {
	options := []string{"-of", "json", "-show_format", "-show_streams"}
	if src.picture {
		options = append(options, "-show_frames", "-read_intervals", "%+#1")
	}
	data, err := t.query(ctx, src, options)
	if err != nil {
		return nil, err
	}
	return parseAnswer(data)
}

// Inspect asks ffprobe about a file and returns its JSON, for a check that
// needs more than Probe tells. The options go before the file.
func (t *Tools) Inspect(ctx context.Context, path string, options ...string) ([]byte, error) {
	return t.query(ctx, source{name: path, path: path}, append([]string{"-of", "json"}, options...))
}

func (t *Tools) query(ctx context.Context, src source, options []string) ([]byte, error) {
	var out bytes.Buffer
	err := t.ffprobe(ctx, src, options, func(r io.Reader) error { return readAll(&out, r, maxAnswer) })
	return out.Bytes(), err
}

// ffprobe runs ffprobe on one file with the restrictions that every file gets.
func (t *Tools) ffprobe(ctx context.Context, src source, options []string, read func(io.Reader) error) error {
	args := []string{"-hide_banner", "-loglevel", "error",
		"-protocol_whitelist", protocols, "-format_whitelist", t.formats}
	args = append(args, src.options()...)
	args = append(args, options...)
	return start(ctx, process{
		op: "probe " + src.name, program: t.FFprobe, read: read,
		args: append(args, "-i", InputArg(src.path)),
	})
}
