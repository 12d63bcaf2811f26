package settingsui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// nameColumn puts a name of a fixed width beside what it names.
type nameColumn struct{ width float32 }

func (l nameColumn) MinSize(o []fyne.CanvasObject) fyne.Size {
	name, what := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(l.width+what.Width, max(name.Height, what.Height))
}

func (l nameColumn) Layout(o []fyne.CanvasObject, size fyne.Size) {
	name := o[0].MinSize()
	o[0].Resize(fyne.NewSize(l.width, name.Height))
	o[0].Move(fyne.NewPos(0, (size.Height-name.Height)/2))
	o[1].Resize(fyne.NewSize(size.Width-l.width, size.Height))
	o[1].Move(fyne.NewPos(l.width, 0))
}

// narrow keeps a column readable in a wide window.
type narrow struct{ width float32 }

func (l narrow) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (l narrow) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := min(size.Width, l.width)
	o[0].Resize(fyne.NewSize(w, size.Height))
	o[0].Move(fyne.NewPos((size.Width-w)/2, 0))
}

// again says when a change of the picture takes effect.
func (v *View) again() {
	v.say(lang.L("The picture changes when Parley is started again."))
}
