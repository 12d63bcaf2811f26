package capture

import (
	"errors"
	"image"

	"github.com/jezek/xgb/shm"
	"github.com/jezek/xgb/xproto"
	"golang.org/x/sys/unix"
)

// grabber takes pictures of a display, through memory shared with the server
// where it is on this machine and lets us, else over the connection.
type grabber struct {
	display *display
	segment shm.Seg
	memory  []byte // shared; nil where there is none
	refused bool   // the server does not share, which is not asked again
}

// grab returns what an area shows, valid until the next call; the caller may
// draw into it. What lies on top of other windows is included, the pointer is
// not.
func (g *grabber) grab(area image.Rectangle) (pixels, error) {
	w, h := area.Dx()&^1, area.Dy()&^1
	size := 4 * w * h
	if err := g.fit(size); err != nil {
		return pixels{}, err
	}
	d, x, y := g.display, int16(area.Min.X), int16(area.Min.Y)
	if g.memory != nil {
		_, err := shm.GetImage(d.conn, xproto.Drawable(d.root), x, y, uint16(w), uint16(h), allPlanes, xproto.ImageFormatZPixmap, g.segment, 0).Reply()
		return pixels{g.memory[:size], w, h}, err
	}
	reply, err := xproto.GetImage(d.conn, xproto.ImageFormatZPixmap, xproto.Drawable(d.root), x, y, uint16(w), uint16(h), allPlanes).Reply()
	if err != nil {
		return pixels{}, err
	}
	if len(reply.Data) < size {
		return pixels{}, errors.New("the X server sent a part of the screen only")
	}
	return pixels{reply.Data[:size], w, h}, nil
}

const allPlanes = 1<<32 - 1

// fit makes the shared memory large enough.
func (g *grabber) fit(size int) error {
	if !g.display.shared || g.refused || len(g.memory) >= size {
		return nil
	}
	if err := g.free(); err != nil {
		return err
	}
	memory, segment, err := g.share(size)
	if memory == nil {
		g.refused = true // as through ssh or in a container: then without
		return err
	}
	g.memory, g.segment = memory, segment
	return nil
}

// share makes memory that the server has too. It is marked for removal at
// once, so that it goes with the two that hold it, however they end. memory is
// nil where one of them refuses.
func (g *grabber) share(size int) (memory []byte, segment shm.Seg, err error) {
	id, err := unix.SysvShmGet(unix.IPC_PRIVATE, size, unix.IPC_CREAT|0o600)
	if err != nil {
		return nil, 0, nil //nolint:nilerr // a machine out of shared memory is served without
	}
	defer func() {
		_, removeErr := unix.SysvShmCtl(id, unix.IPC_RMID, nil)
		err = errors.Join(err, removeErr)
	}()
	memory, err = unix.SysvShmAttach(id, 0, 0)
	if err != nil {
		return nil, 0, nil //nolint:nilerr // as above
	}
	if segment, err = shm.NewSegId(g.display.conn); err == nil {
		err = shm.AttachChecked(g.display.conn, segment, uint32(id), false).Check()
	}
	if err != nil {
		return nil, 0, unix.SysvShmDetach(memory)
	}
	return memory, segment, nil
}

// free gives the shared memory back.
func (g *grabber) free() error {
	if g.memory == nil {
		return nil
	}
	memory := g.memory
	g.memory = nil
	shm.Detach(g.display.conn, g.segment) // needs no answer: the server drops it in any case when the connection ends
	return unix.SysvShmDetach(memory)
}
