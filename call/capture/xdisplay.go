package capture

import (
	"fmt"
	"io"
	"log"
	"os"
	"sync"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/shm"
	"github.com/jezek/xgb/xfixes"
	"github.com/jezek/xgb/xproto"
)

// display is a connection to an X server, for one goroutine at a time.
//
// It speaks the X protocol itself, through xgb, and not through the screen
// driver of mediadevices, whose Xlib ends the whole program at an X error, as
// comes when a screen shrinks, and when the server goes; which frees its
// memory under a Read in progress, leaves that Read waiting for ever, copies
// each picture three times, knows no monitors, and shows no pointer.
type display struct {
	conn  *xgb.Conn
	root  xproto.Window
	depth byte

	shared, pointer, monitored bool // which extensions there are
}

// openDisplay connects to the X server that DISPLAY names.
func openDisplay() (*display, error) {
	conn, err := connect()
	if err != nil {
		return nil, fmt.Errorf("the X server does not answer: %w", err)
	}
	screen := xproto.Setup(conn).DefaultScreen(conn)
	d := &display{conn: conn, root: screen.Root, depth: screen.RootDepth}
	if !d.understood(screen) {
		d.close()
		return nil, errPixels
	}
	if err := d.extend(); err != nil {
		d.close()
		return nil, fmt.Errorf("the X server does not say what it can do: %w", err)
	}
	return d, nil
}

// understood says whether pixels are as convertPixels has them: four bytes,
// blue first. 16 bits and fewer have died out, and so have big-endian servers.
func (d *display) understood(screen *xproto.ScreenInfo) bool {
	setup := xproto.Setup(d.conn)
	if setup.ImageByteOrder != xproto.ImageOrderLSBFirst {
		return false
	}
	wide := false
	for _, f := range setup.PixmapFormats {
		wide = wide || f.Depth == screen.RootDepth && f.BitsPerPixel == 32
	}
	for _, depth := range screen.AllowedDepths {
		for _, v := range depth.Visuals {
			if v.VisualId == screen.RootVisual {
				return wide && v.RedMask == 0xFF0000 && v.GreenMask == 0xFF00 && v.BlueMask == 0xFF
			}
		}
	}
	return false
}

// extend finds out which extensions there are and says which versions of them
// are meant, without which the server refuses their requests.
func (d *display) extend() error {
	var err error
	if d.shared, err = extension(d.conn, "MIT-SHM", shm.Init); err != nil {
		return err
	}
	if d.pointer, err = extension(d.conn, "XFIXES", xfixes.Init); err != nil {
		return err
	}
	if d.monitored, err = extension(d.conn, "RANDR", randr.Init); err != nil {
		return err
	}
	if d.pointer {
		v, err := xfixes.QueryVersion(d.conn, 2, 0).Reply()
		if err != nil {
			return err
		}
		d.pointer = v.MajorVersion >= 2
	}
	if d.monitored {
		v, err := randr.QueryVersion(d.conn, 1, 5).Reply()
		if err != nil {
			return err
		}
		d.monitored = v.MajorVersion > 1 || v.MinorVersion >= 5
	}
	return nil
}

// close ends the connection and waits until it is gone.
func (d *display) close() {
	d.conn.Close()
	for {
		if event, err := d.conn.WaitForEvent(); event == nil && err == nil {
			return
		}
	}
}

// x11 guards what xgb has only once in a program: its log, which would write
// to the standard error, and its tables of extensions.
var x11 = struct {
	sync.Mutex
	known map[string]bool
}{known: map[string]bool{}}

func connect() (*xgb.Conn, error) {
	x11.Lock()
	defer x11.Unlock()
	if len(x11.known) == 0 {
		xgb.Logger = log.New(io.Discard, "", 0)
	}
	return xgb.NewConnDisplay(os.Getenv("DISPLAY"))
}

// extension makes an extension usable on a connection and says whether the
// server has it. xgb's own Init also writes into tables that the goroutines of
// all other connections read from; so it is called only the first time.
func extension(conn *xgb.Conn, name string, init func(*xgb.Conn) error) (bool, error) {
	reply, err := xproto.QueryExtension(conn, uint16(len(name)), name).Reply()
	if err != nil || !reply.Present {
		return false, err
	}
	x11.Lock()
	defer x11.Unlock()
	if !x11.known[name] {
		if err := init(conn); err != nil {
			return false, err
		}
		x11.known[name] = true
		return true, nil
	}
	conn.ExtLock.Lock()
	defer conn.ExtLock.Unlock()
	conn.Extensions[name] = reply.MajorOpcode
	return true, nil
}
