package editui

import (
	"fyne.io/fyne/v2"
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

// dropPlace is where something goes that was dropped at a place of the window.
func (v *view) dropPlace(pos fyne.Position) Place {
	if len(v.model.Clips) == 0 {
		return Place{}
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(v.strip)
	size := v.strip.Size()
	inside := pos.Subtract(at)
	if inside.X < 0 || inside.Y < 0 || inside.X > size.Width || inside.Y > size.Height {
		return Place{}
	}
	if at, ok := v.strip.MusicAt(inside); ok {
		return Place{Music: &at}
	}
	return Place{Before: v.strip.GapAt(inside.X), On: v.strip.ClipAt(inside)}
}
