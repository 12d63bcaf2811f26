package ffmpeg

import (
	"path/filepath"
	"strings"

	"parley/editor"
)

// protocols are the ways by which an input may be opened.
const protocols = "file,pipe"

// InputArg is what follows -i for a file: "file:" and its absolute path, so
// that a name such as "-y", "http:x" or "concat:a" is a name and nothing else.
func InputArg(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil { // there is no working folder any more; ffmpeg will say so
		abs = path
	}
	return "file:" + abs
}

// InputOptions are the options that belong before -i for a file that Probe
// described: the protocols are limited to local files, and the container is
// named, so that a file that was swapped for a playlist meanwhile is not
// followed, and "img%03d.jpg" is one picture and no pattern. What a description
// from a stranger's project calls a list, or nothing, is not opened.
func InputOptions(m *editor.Media) []string {
	options := append([]string{"-protocol_whitelist", protocols}, probeDepth(m.Deep)...)
	name, _, _ := strings.Cut(m.Format, ",")
	switch {
	case isPicture(m.Format):
		return append(options, "-f", "image2", "-pattern_type", "none")
	case m.Format == formatWebP:
		return append(options, "-f", "apng")
	case name == "" || anyRefused(m.Format):
		return append(options, "-format_whitelist", "none")
	}
	return append(options, "-f", name)
}

// isPicture says whether a container is one picture to ffmpeg: image2, one of
// its forms for pipes ("webp_pipe"), or a HEIC by way of its copy.
func isPicture(format string) bool {
	return format == "image2" || format == formatHEIF || strings.HasSuffix(format, "_pipe")
}
