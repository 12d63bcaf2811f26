package capture

import (
	"image"
	"slices"
	"strings"

	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/xproto"
)

// monitor is one of the screens of a display.
type monitor struct {
	area    image.Rectangle // within the root window
	primary bool
}

// monitors returns the screens in the server's order, each once where several
// show the same: the monitors of RandR 1.5, or else the whole display.
func (d *display) monitors() ([]monitor, error) {
	g, err := xproto.GetGeometry(d.conn, xproto.Drawable(d.root)).Reply()
	if err != nil {
		return nil, err
	}
	whole := image.Rect(0, 0, int(g.Width), int(g.Height))
	if !d.monitored {
		return []monitor{{whole, true}}, nil
	}
	reply, err := randr.GetMonitors(d.conn, d.root, true).Reply()
	if err != nil {
		return nil, err
	}
	var there []monitor
	for _, m := range reply.Monitors {
		area := image.Rect(0, 0, int(m.Width), int(m.Height)).Add(image.Pt(int(m.X), int(m.Y))).Intersect(whole)
		if area.Dx() < 2 || area.Dy() < 2 || slices.ContainsFunc(there, func(o monitor) bool { return o.area == area }) {
			continue
		}
		there = append(there, monitor{area, m.Primary})
	}
	return there, d.refuseWayland(reply.Monitors)
}

// refuseWayland returns an error where the X server is one inside Wayland,
// which sees the windows of X programs at most, and never the desktop. It is
// known by the names of its monitors.
func (d *display) refuseWayland(monitors []randr.MonitorInfo) error {
	for _, m := range monitors {
		name, err := xproto.GetAtomName(d.conn, m.Name).Reply()
		if err != nil {
			return err
		}
		if strings.HasPrefix(name.Name, "XWAYLAND") {
			return errWayland
		}
	}
	return nil
}

// watch has the server tell when the display changes or the pointer's picture.
func (d *display) watch() error {
	if err := xproto.ChangeWindowAttributesChecked(d.conn, d.root, xproto.CwEventMask, []uint32{xproto.EventMaskStructureNotify}).Check(); err != nil {
		return err
	}
	if !d.monitored {
		return nil
	}
	return randr.SelectInputChecked(d.conn, d.root, randr.NotifyMaskScreenChange|randr.NotifyMaskCrtcChange|randr.NotifyMaskOutputChange).Check()
}
