package editui

import (
	"fyne.io/fyne/v2"

	"parley/editor"
)

// Dropped brings in what was dropped onto the window: before the clip at that
// place of the strip, else at the end. pos is in the window.
func (t *Tab) Dropped(pos fyne.Position, uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		if u.Scheme() != "file" {
			t.act(func(p *Presenter) {
				p.Tell(sayOf("{{.Address}} is not a file on this computer; save it first, then drop the file.", "Address", u.String()), Failure)
			})
			continue
		}
		paths = append(paths, u.Path())
	}
	t.bring(t.view.dropPlace(pos), paths)
}

// dropPlace is the clip before which something dropped at a place goes, ""
// the end.
func (v *view) dropPlace(pos fyne.Position) editor.ClipID {
	if len(v.model.Clips) == 0 {
		return ""
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(v.strip)
	size := v.strip.Size()
	inside := pos.Subtract(at)
	if inside.X < 0 || inside.Y < 0 || inside.X > size.Width || inside.Y > size.Height {
		return ""
	}
	return v.strip.GapAt(inside.X)
}
