package ffmpeg

import (
	"context"
	"os"

	"parley/editor"
)

// source is a file on its way through ffprobe.
type source struct {
	name    string // as the user knows it
	path    string // what ffmpeg reads: the same file, or a converted copy
	picture bool   // one picture, whatever its name looks like
	loop    bool   // an animation in a container that cannot seek
	deep    bool   // read much further before believing that streams are missing
	format  string // of the file itself, where path is a copy
}

// options are those of an input that suit the source.
func (s source) options() []string {
	if s.picture {
		return []string{"-f", "image2", "-pattern_type", "none"}
	}
	return probeDepth(s.deep)
}

// mark names the user's file again where a copy was examined.
func (s source) mark(m *editor.Media) {
	if s.format != "" {
		m.Format = s.format
	}
}

// source tells by a file's first bytes how it is to be read.
func (t *Tools) source(ctx context.Context, path string) (source, error) {
	g, err := sniff(path)
	if err != nil {
		return source{}, err
	}
	if g.cause != nil {
		e := refuse(path, g.sentence, g.hint)
		e.Cause = g.cause
		return source{}, e
	}
	src := source{name: path, path: path, picture: g.picture, loop: g.loop}
	switch {
	case g.heif:
		src.picture, src.format = true, formatHEIF
		src.path, err = t.convertHEIF(ctx, path)
	case g.webpAnim:
		src.format = formatWebP
		src.path, err = t.convertWebP(ctx, path)
	}
	return src, err
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
