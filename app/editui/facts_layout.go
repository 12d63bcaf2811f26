package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"parley/app/look"
)

// factsLayout puts names and values, given in turn, into two columns. Values
// may have more lines than one.
type factsLayout struct{ width float32 }

// namesWidth is the width of the column of names.
const namesWidth = 66

// MinSize is Fyne's. It depends on the width that there was last, because
// values that are wrapped are as high as they have to be.
func (f *factsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var height float32
	for i := 1; i < len(objects); i += 2 {
		height += f.row(objects[i])
	}
	return fyne.NewSize(namesWidth+80, height)
}

// row is the height of a value without the padding that labels have.
func (f *factsLayout) row(value fyne.CanvasObject) float32 {
	return value.MinSize().Height - 2*theme.InnerPadding() + 7
}

// Layout is Fyne's.
func (f *factsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var y float32
	pad := theme.InnerPadding()
	for i := 0; i+1 < len(objects); i += 2 {
		name, value := objects[i], objects[i+1]
		value.Resize(fyne.NewSize(size.Width-namesWidth+pad, value.MinSize().Height))
		value.Move(fyne.NewPos(namesWidth-pad, y-pad))
		value.Resize(fyne.NewSize(size.Width-namesWidth+pad, value.MinSize().Height))
		name.Move(fyne.NewPos(0, y))
		name.Resize(name.MinSize())
		y += f.row(value)
	}
	f.width = size.Width
}

func gap(height float32) fyne.CanvasObject { return look.Gap(1, height) }
