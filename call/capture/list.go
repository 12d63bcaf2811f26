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
	"syscall"

	"github.com/pion/mediadevices/pkg/driver"
	cameras "github.com/pion/mediadevices/pkg/driver/camera"

	"parley/call"
)

// collection is the cameras that find finds.
type collection struct {
	mu    sync.Mutex // find is not safe for use by several
	find  func() []driver.Driver
	stamp func() string // what there is to find, cheaply: find would give the same while it stays

	listed  []call.DeviceInfo
	at      string          // the stamp of listed
	working map[string]bool // the cameras that were tried, by label and stamp of their node
}

// found is one camera.
type found struct {
	driver driver.Driver
	info   call.DeviceInfo
	node   string // such as video0
}

// list is cheap, and leaves the cameras that are open alone, as long as no
// device comes or goes.
func (c *collection) list() []call.DeviceInfo {
	c.mu.Lock()
	defer c.mu.Unlock()
	stamp := c.stamp()
	if c.listed != nil && stamp == c.at {
		return slices.Clone(c.listed)
	}
	there, certain := c.cameras()
	listed := infos(there)
	c.listed, c.at = nil, stamp
	if certain {
		c.listed = slices.Clone(listed)
	}
	return listed
}

func infos(there []found) []call.DeviceInfo {
	infos := make([]call.DeviceInfo, len(there))
	for i, f := range there {
		infos[i] = f.info
	}
	return infos
}

// open opens a camera with a driver of its own, so that one that is open
// already is told by the kernel.
func (c *collection) open(name string, want call.VideoFormat) (call.VideoSource, error) {
	want = withDefaults(want)
	c.mu.Lock()
	there, _ := c.cameras()
	c.mu.Unlock()
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
// differ. certain is false where a camera may change its mind without being
// plugged in anew. c.mu is held.
func (c *collection) cameras() (there []found, certain bool) {
	certain = true
	for _, d := range c.find() {
		usable, sure := c.usable(d)
		certain = certain && sure
		if usable {
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
	return there, certain
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

// usable says whether a node gives pictures, and whether that is sure. One that
// did is not tried again: that would wake it, and disturb one that is open.
func (c *collection) usable(d driver.Driver) (usable, sure bool) {
	key := d.Info().Label + nodeStamp(d.Info().Label)
	if usable, tried := c.working[key]; tried {
		return usable, true
	}
	usable, sure = try(d)
	if sure {
		if c.working == nil {
			c.working = make(map[string]bool)
		}
		c.working[key] = usable
	}
	return usable, sure
}

// try opens a node: a camera often has a second one for metadata, which offers
// no format. One that may not be opened, or not now, is listed, so that opening
// it can say why.
func try(d driver.Driver) (usable, sure bool) {
	if err := d.Open(); err != nil {
		link, _, _ := strings.Cut(d.Info().Label, cameras.LabelSeparator)
		second := strings.Contains(link, "-video-index") && !strings.HasSuffix(link, "-video-index0")
		return (errors.Is(err, fs.ErrPermission) || isBusy(err)) && !second, !mayPass(err)
	}
	_, ok := chooseFormat(d.Properties(), defaultFormat)
	return ok, d.Close() == nil
}

// mayPass says whether a node that did not open may do so later without a new
// stamp. A permission that is given changes it; and the driver has words of its
// own for what is no camera.
func mayPass(err error) bool {
	_, system := errors.AsType[syscall.Errno](err)
	return isBusy(err) || system && !errors.Is(err, fs.ErrPermission)
}
