package editui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/driver"
	"fyne.io/fyne/v2/lang"
)

// ErrNoChooser is what a Chooser answers where the desktop has no dialog.
var ErrNoChooser = errors.New("this desktop offers no file dialog")

// choose asks for files to bring in.
func (v *view) choose() {
	parent, title := v.handle(), lang.L("Bring pictures, clips and recordings in")
	asked := v.tab.dialogs.ask(
		func(ctx context.Context, c Chooser) ([]string, error) { return c.Open(ctx, parent, title) },
		func(paths []string, err error) {
			switch {
			case !v.refused(err):
				v.tab.bring(Place{}, paths)
			case errors.Is(err, ErrNoChooser):
				v.chooseInside()
			}
		})
	if !asked {
		v.chooseInside()
	}
}

// refused tells whether Fyne's dialog has to do it; another failure is told.
func (v *view) refused(err error) bool {
	if err == nil || errors.Is(err, ErrNoChooser) {
		return err != nil
	}
	v.tab.act(func(p *Presenter) { p.Tell(sayError(err), Failure) })
	return true
}

// chooseInside asks with Fyne's dialog.
func (v *view) chooseInside() {
	v.askInside(nil, func(paths []string) { v.tab.bring(Place{}, paths) })
}

// handle is the window as the desktop portal names it, "" where it is none of
// X11. Wayland would need a token that Fyne does not export.
func (v *view) handle() string {
	name := ""
	if n, ok := v.tab.window.(driver.NativeWindow); ok {
		n.RunNative(func(c any) {
			if x, ok := c.(driver.X11WindowContext); ok {
				name = "x11:" + hex(x.WindowHandle)
			}
		})
	}
	return name
}
