//go:build endtoend

package endtoend

import (
	"image"
	"testing"
	"time"
)

// What a picture is by its width, in a window of the size that it opens with.
const (
	tileLeast = 500 // my own picture before a call
	callLeast = 900 // their picture in a call; mine is an inset then
)

// widest is the widest test pattern that a screenshot shows, if it is of that
// width at least.
func widest(img *image.RGBA, least int) (image.Rectangle, bool) {
	if found := patterns(img); len(found) > 0 && found[0].Dx() >= least {
		return found[0], true
	}
	return image.Rectangle{}, false
}

// mustLive waits until the widest picture, of that width at least, moves.
func (w *window) mustLive(what string, least int) (img *image.RGBA, at image.Rectangle) {
	w.t.Helper()
	var before *image.RGBA
	img = w.see(what, func(img *image.RGBA) bool {
		r, ok := widest(img, least)
		moved := ok && before != nil && r == at && changed(before, img, r) > 3
		before, at = img, r
		return moved
	})
	return img, at
}

// A first start on a machine without camera and microphone, and a second one.
func TestWindowWithoutDevices(t *testing.T) {
	d, profile := newDesktop(t, 1280, 800), profileWith(t, map[string]any{})
	w := d.open("first", profile)
	t.Logf("first start: window after %v, painted after %s ms", w.opened.Round(time.Millisecond), w.ready)
	var button image.Rectangle
	img := w.see("a warning with a button", func(img *image.RGBA) bool {
		button = patch(img, primary, 0.85, 1, 1000)
		return !button.Empty() && !patch(img, warning, 0.85, 1, 40).Empty()
	})
	d.save(img, "window.png")
	w.click(middle(button))
	img, at := w.mustLive("the test pattern that was chosen", tileLeast)
	mustBeFresh(t, img, at)
	if !patch(img, warning, 0.85, 1, 40).Empty() {
		t.Error("the warning is still there after the test pattern was chosen")
	}
	d.save(img, "pattern.png")
	w.close()
	chosen := at

	w = d.open("second", profile)
	t.Logf("second start: window after %v, painted after %s ms", w.opened.Round(time.Millisecond), w.ready)
	if _, at := w.mustLive("the test pattern that was chosen before", tileLeast); at.Min.Y > chosen.Min.Y+6 || at.Min.Y < chosen.Min.Y-6 {
		t.Errorf("my picture is at %v, and was at %v after the warning had gone: nobody laid the window out anew", at, chosen)
	}
	callMyself(w)
	w.close()
}

// mustBeFresh checks by its bar code that a picture in a screenshot is new.
func mustBeFresh(t *testing.T, img *image.RGBA, at image.Rectangle) {
	t.Helper()
	m, ok := mark(img, at)
	if !ok {
		t.Errorf("the bar code of the picture at %v cannot be read", at)
		return
	}
	if age := time.Since(m.At); age < 0 || age > 5*time.Second {
		t.Errorf("the picture is %v old", age)
	}
}

// callMyself does so with keys alone, from the address entry on.
func callMyself(w *window) {
	w.t.Helper()
	w.key("Tab", "Tab", "Tab", "space")
	img, at := w.mustLive("the call's picture", callLeast)
	w.save(img, "self.png")
	red := patch(img, danger, 0.5, 1, 1000)
	if red.Empty() {
		w.t.Error("there is no red button to hang up with")
	}
	w.key("v")
	w.see("the call's picture gone, for the camera is off", func(img *image.RGBA) bool {
		_, ok := widest(img, callLeast)
		return !ok
	})
	w.key("v")
	w.mustLive("the call's picture again", callLeast)
	w.key("ctrl+h")
	w.see("the end of the call", func(img *image.RGBA) bool {
		_, ok := widest(img, callLeast)
		return !ok
	})
	_, back := w.mustLive("my own picture after the call", tileLeast)
	if back.Dx() >= at.Dx() {
		w.t.Errorf("after hanging up the picture is still as wide as in the call: %v", back)
	}
}
