package look

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/test"
)

// Escape closes a dialog, whatever in it has the keys; then the window's own
// keys are back.
func TestEscapeClosesADialog(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, container.NewVBox())
	w.Resize(fyne.NewSize(400, 300))
	c, own := w.Canvas(), 0
	c.SetOnTypedKey(func(*fyne.KeyEvent) { own++ })
	escape := &fyne.KeyEvent{Name: fyne.KeyEscape}
	for _, what := range []string{"nothing", "an entry", "a choice"} {
		agreed, closed := 0, 0
		var d *dialog.ConfirmDialog
		dismiss := func() { d.Dismiss() }
		entry, choice := NewEntry(dismiss), NewSelect([]string{"a"}, nil, dismiss)
		d = dialog.NewCustomConfirm("x", "yes", "no", container.NewVBox(entry, choice), func(yes bool) {
			if yes {
				agreed++
			}
		}, w)
		ShowDialog(d, w, func() { closed++ })
		c.OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyDelete}) // not the window's
		above := dialog.NewInformation("above", "x", w)
		above.Show()
		c.OnTypedKey()(escape)
		if closed != 0 {
			t.Errorf("Escape closes a dialog below another")
		}
		above.Hide()
		switch what {
		case "an entry":
			c.Focus(entry)
			c.Focused().TypedKey(escape)
		case "a choice":
			c.Focus(choice)
			c.Focused().TypedKey(escape)
		default:
			c.OnTypedKey()(escape)
		}
		if c.Overlays().Top() != nil || closed != 1 || agreed != 0 || own != 0 {
			t.Errorf("%s has the keys: %d closed, %d agreed, %d keys of the window, above it %T", what, closed, agreed, own, c.Overlays().Top())
		}
	}
	c.OnTypedKey()(escape)
	if own != 1 {
		t.Error("the window's keys are gone")
	}
	entry, choice := NewEntry(nil), NewSelect(nil, nil, nil)
	w.SetContent(container.NewVBox(entry, choice))
	entry.TypedKey(escape) // nobody wants to know
	choice.TypedKey(escape)
}
