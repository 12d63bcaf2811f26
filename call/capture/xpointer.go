package capture

import (
	"image"

	"github.com/jezek/xgb/xfixes"
	"github.com/jezek/xgb/xproto"
)

// pointer draws the mouse's pointer, which the server leaves out of pictures.
type pointer struct {
	display *display
	shape   *xfixes.GetCursorImageReply
	stale   bool // the shape has changed
}

// watch has the server tell when the shape changes.
func (p *pointer) watch() error {
	if !p.display.pointer {
		return nil
	}
	p.stale = true
	return xfixes.SelectCursorInputChecked(p.display.conn, p.display.root, xfixes.CursorNotifyMaskDisplayCursor).Check()
}

// ask asks where the pointer is; draw takes the answer.
func (p *pointer) ask() xproto.QueryPointerCookie {
	return xproto.QueryPointer(p.display.conn, p.display.root)
}

// draw draws the pointer into what an area shows.
func (p *pointer) draw(asked xproto.QueryPointerCookie, onto pixels, area image.Rectangle) error {
	where, err := asked.Reply()
	if err != nil || !p.display.pointer {
		return err
	}
	if p.stale {
		shape, err := xfixes.GetCursorImage(p.display.conn).Reply()
		if err != nil {
			return err
		}
		p.shape, p.stale = shape, false
	}
	if !where.SameScreen {
		return nil
	}
	s := p.shape
	at := image.Pt(int(where.RootX)-int(s.Xhot), int(where.RootY)-int(s.Yhot)).Sub(area.Min)
	blend(onto, s.CursorImage, int(s.Width), int(s.Height), at)
	return nil
}

// blend puts an image of w by h pixels over another one. The image's colours
// are multiplied by its alpha already, as XFixes has them.
func blend(onto pixels, img []uint32, w, h int, at image.Point) {
	if len(img) < w*h {
		return
	}
	r := image.Rect(0, 0, w, h).Add(at).Intersect(image.Rect(0, 0, onto.width, onto.height))
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := onto.row(y)
		for x := r.Min.X; x < r.Max.X; x++ {
			v := img[(y-at.Y)*w+x-at.X]
			under := 255 - v>>24
			p := row[4*x : 4*x+4]
			for i := range 3 {
				p[i] = byte(min(v>>(8*i)&0xFF+(uint32(p[i])*under+127)/255, 255))
			}
		}
	}
}
