package capture

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	cameras "github.com/pion/mediadevices/pkg/driver/camera"
)

// nodes says in a few words what cameras there may be: the device nodes, when
// each was made or had its permissions changed, and the links to them. It
// opens none.
func nodes() string {
	var all strings.Builder
	for _, pattern := range []string{"/dev/v4l/by-id/*", "/dev/v4l/by-path/*", "/dev/video*"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			continue // only of a pattern that is malformed
		}
		for _, path := range paths {
			all.WriteString(path + stampOf(path) + "\n")
		}
	}
	return all.String()
}

// nodeStamp is the stamp of the node that a driver's label names.
func nodeStamp(label string) string {
	link, node, _ := strings.Cut(label, cameras.LabelSeparator)
	if node == "" {
		node = link
	}
	return stampOf("/dev/" + node)
}

// stampOf changes when a device goes and comes back, or who may use it.
func stampOf(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return " absent"
	}
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return fmt.Sprintf(" %d %d.%d", s.Rdev, s.Ctim.Sec, s.Ctim.Nsec)
	}
	return " " + info.ModTime().String()
}
