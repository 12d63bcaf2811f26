package store

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"parley/editor"
)

// Bounds of looking through a folder.
const (
	maxLookDepth = 6
	maxLookFiles = 20000
)

// Look lists the files that a path stands for, in the order in which people
// count ("2" before "10"): of a folder, everything below it that looks like
// picture, sound or subtitles, and recorded calls; of anything else, itself.
// Hidden files are passed over, and links are not followed into folders.
func Look(ctx context.Context, path string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() || isRecording(path) {
		return []string{path}, nil // what is wrong with it shows when it is imported
	}
	var files []string
	if err := look(ctx, path, 0, &files); err != nil {
		return files, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("there is no picture, clip or sound in the folder %s", path)
	}
	return files, nil
}

func look(ctx context.Context, dir string, depth int, files *[]string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("the folder %s cannot be opened: %w", dir, err)
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return Natural(a.Name(), b.Name()) })
	var folders []string
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case strings.HasPrefix(e.Name(), "."):
		case len(*files) >= maxLookFiles:
			return fmt.Errorf("the folder %s holds more than %d files; choose a smaller one", dir, maxLookFiles)
		case e.IsDir() && isRecording(path):
			*files = append(*files, path)
		case e.IsDir():
			folders = append(folders, path)
		case usual[strings.ToLower(filepath.Ext(path))] || editor.IsCaptions(path):
			*files = append(*files, path)
		}
	}
	if depth == maxLookDepth {
		return nil
	}
	for _, folder := range folders {
		if err := look(ctx, folder, depth+1, files); err != nil {
			return err
		}
	}
	return nil
}

func isRecording(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, editor.RecordingFile))
	return err == nil && info.Mode().IsRegular()
}

// usual are the endings of what is taken from a folder. A file that is chosen
// itself is looked into whatever it is called.
var usual = func() map[string]bool {
	all := map[string]bool{}
	for _, ext := range strings.Fields("jpg jpeg jpe png webp gif bmp tif tiff heic heif avif jxl " +
		"mp4 m4v mov mkv webm avi wmv asf flv f4v 3gp 3g2 mpg mpeg mts m2ts ts vob ogv mxf dv " +
		"mp3 m4a aac ogg oga opus flac wav wma aif aiff amr mka ac3 caf") {
		all["."+ext] = true
	}
	return all
}()

// Natural compares names as people do: without regard to case, and numbers by
// what they are worth.
func Natural(a, b string) int {
	x, y := strings.ToLower(a), strings.ToLower(b)
	for x != "" && y != "" {
		n, m := digits(x), digits(y)
		if n > 0 && m > 0 {
			p, q := strings.TrimLeft(x[:n], "0"), strings.TrimLeft(y[:m], "0")
			if len(p) != len(q) {
				return len(p) - len(q)
			}
			if c := strings.Compare(p, q); c != 0 {
				return c
			}
			x, y = x[n:], y[m:]
			continue
		}
		if x[0] != y[0] {
			return int(x[0]) - int(y[0])
		}
		x, y = x[1:], y[1:]
	}
	if len(x) != len(y) {
		return len(x) - len(y)
	}
	return strings.Compare(a, b)
}

// digits is how many a text begins with.
func digits(s string) int {
	return len(s) - len(strings.TrimLeft(s, "0123456789"))
}
