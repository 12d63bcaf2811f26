package ffmpeg

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Version is a release of ffmpeg.
type Version struct {
	Major, Minor int
	Text         string // as the program calls itself: "5.1.9-0+deb12u1", "N-109542-gfc1b4e3"
}

// Oldest is the oldest release that works: -fps_mode came with 5.1.
var Oldest = Version{Major: 5, Minor: 1, Text: "5.1"}

// Less says whether v is older than w.
func (v Version) Less(w Version) bool {
	return v.Major < w.Major || v.Major == w.Major && v.Minor < w.Minor
}

// DelaysOpus says whether Matroska's muxer puts Opus off by its CodecDelay.
func (v Version) DelaysOpus() bool { return !v.Less(Version{Major: 6}) }

// String is the program's own name for its version.
func (v Version) String() string { return v.Text }

var (
	versionLine = regexp.MustCompile(`(?m)^ff(?:mpeg|probe) version (\S+)`)
	releaseText = regexp.MustCompile(`^n?(\d{1,4})\.(\d{1,4})(?:[^0-9].*)?$`)
	codecLine   = regexp.MustCompile(`(?m)^libavcodec\s+(\d{1,4})\.\s*(\d{1,4})\.`)
)

// parseVersion reads the answer to -version. A build from git carries no
// release in its name ("N-109542-g…", "2024-05-01-git-…"); its libavcodec,
// which the same answer lists, tells how old it is.
func parseVersion(answer string) (Version, error) {
	name := versionLine.FindStringSubmatch(answer)
	if name == nil {
		return Version{}, fmt.Errorf("no version in %q", firstLine(answer))
	}
	if m := releaseText.FindStringSubmatch(name[1]); m != nil {
		return Version{atoi(m[1]), atoi(m[2]), name[1]}, nil
	}
	lib := codecLine.FindStringSubmatch(answer)
	if lib == nil {
		return Version{}, fmt.Errorf("version %q names no release", name[1])
	}
	major, minor := releaseOf(atoi(lib[1]), atoi(lib[2]))
	return Version{major, minor, name[1]}, nil
}

// releaseOf is the newest release that is no newer than a libavcodec.
// Releases 4, 5, 6, … carry libavcodec 58, 59, 60, …; 5.1 came with 59.37.
func releaseOf(major, minor int) (int, int) {
	if major == 59 && minor >= 37 {
		return 5, 1
	}
	return major - 54, 0
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// atoi is for digits that a pattern has already bounded.
func atoi(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
