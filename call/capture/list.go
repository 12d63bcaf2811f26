package capture

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/pion/mediadevices/pkg/driver"
	cameras "github.com/pion/mediadevices/pkg/driver/camera"

	"parley/call"
)

// List returns the cameras of this machine, the system's first choice first,
// freshly looked for. A machine without any has an empty list.
func List() ([]call.DeviceInfo, error) { return system.list(), nil }

// Open opens a camera by its name, its ID or its node (video0, /dev/video0),
// or call.DevicePattern; call.DeviceDefault is the first camera that opens.
// The source's pictures may differ from what is wanted, see
// call.VideoSource. An error wraps ErrNoCamera, ErrBusy, ErrPermission,
// ErrGone or ErrFormat where one of these is the reason.
func Open(name string, want call.VideoFormat) (call.VideoSource, error) {
	return system.open(name, want)
}

// system is the one collection of cameras there is, because mediadevices
// registers them globally.
var system = &collection{find: discover}

// collection is the cameras that find finds.
type collection struct {
	mu   sync.Mutex // find is not safe for use by several
	find func() []driver.Driver
}

// found is one camera.
type found struct {
	driver driver.Driver
	info   call.DeviceInfo
	node   string // such as video0
}

func (c *collection) list() []call.DeviceInfo {
	infos := []call.DeviceInfo{}
	for _, f := range c.cameras() {
		infos = append(infos, f.info)
	}
	return infos
}

func (c *collection) open(name string, want call.VideoFormat) (call.VideoSource, error) {
	want = withDefaults(want)
	switch {
	case name == call.DevicePattern:
		return call.NewPattern(want.Width, want.Height, want.FrameRate), nil
	case strings.HasPrefix(name, call.DeviceFile):
		return nil, errors.New("this version cannot play a file as a camera: choose a camera or the pattern")
	}
	there := c.cameras()
	if len(there) == 0 {
		return nil, &explained{"no camera was found: plug one in, or choose the pattern", ErrNoCamera, nil}
	}
	if name == call.DeviceDefault {
		return openFirst(there, want)
	}
	for _, f := range there {
		if f.is(name) {
			return open(f, want)
		}
	}
	return nil, &explained{fmt.Sprintf("no camera is called %q: there is %s", name, names(there)), ErrNoCamera, nil}
}

// openFirst opens the first camera that will open; if none will, the error is
// the first one's.
func openFirst(there []found, want call.VideoFormat) (call.VideoSource, error) {
	var first error
	for _, f := range there {
		source, err := open(f, want)
		if err == nil {
			return source, nil
		}
		first = cmp.Or(first, err)
	}
	return nil, first
}

func open(f found, want call.VideoFormat) (call.VideoSource, error) {
	source, err := openCamera(f.info.Name, f.driver, want)
	if err != nil {
		return nil, err // not source, a nil pointer in an interface
	}
	return source, nil
}

func (f found) is(name string) bool {
	return name == f.info.Name || name == f.info.ID || strings.TrimPrefix(name, "/dev/") == f.node
}

func names(there []found) string {
	quoted := make([]string, len(there))
	for i, f := range there {
		quoted[i] = strconv.Quote(f.info.Name)
	}
	return strings.Join(quoted, ", ")
}

// cameras finds those that can be used, in a steady order, with names that
// differ.
func (c *collection) cameras() []found {
	c.mu.Lock()
	defer c.mu.Unlock()
	var there []found
	for _, d := range c.find() {
		if usable(d) {
			there = append(there, describe(d))
		}
	}
	slices.SortFunc(there, func(a, b found) int {
		return cmp.Or(
			-cmp.Compare(a.driver.Info().Priority, b.driver.Info().Priority),
			cmp.Compare(len(a.node), len(b.node)), // video2 before video10
			cmp.Compare(a.node, b.node),
		)
	})
	tellApart(there)
	return there
}

// describe splits what the driver joins: "name;bus" and "link;node".
func describe(d driver.Driver) found {
	name, _, _ := strings.Cut(d.Info().Name, cameras.LabelSeparator)
	link, node, _ := strings.Cut(d.Info().Label, cameras.LabelSeparator)
	node = cmp.Or(node, link)
	return found{
		driver: d,
		info:   call.DeviceInfo{Kind: call.Camera, Name: cmp.Or(strings.TrimSpace(name), node), ID: link},
		node:   node,
	}
}

// tellApart marks the first as the default and adds the node to names that
// occur twice.
func tellApart(there []found) {
	count := make(map[string]int)
	for _, f := range there {
		count[f.info.Name]++
	}
	for i := range there {
		info := &there[i].info
		info.Default = i == 0
		if count[info.Name] > 1 {
			info.Name += " (" + there[i].node + ")"
		}
	}
}

// usable says whether a node gives pictures: a camera often has a second one
// for metadata, which offers no format. One that may not be opened, or not
// now, is listed, so that opening it can say why.
func usable(d driver.Driver) bool {
	if d.Status() != driver.StateClosed {
		return true // it is giving pictures already
	}
	if err := d.Open(); err != nil {
		link, _, _ := strings.Cut(d.Info().Label, cameras.LabelSeparator)
		second := strings.Contains(link, "-video-index") && !strings.HasSuffix(link, "-video-index0")
		return (errors.Is(err, fs.ErrPermission) || isBusy(err)) && !second
	}
	_, ok := chooseFormat(d.Properties(), defaultFormat)
	return d.Close() == nil && ok
}
