package talk

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
)

var (
	ours   = color.NRGBA{R: 0x2f, G: 0x63, B: 0xd6, A: 0xff}
	theirs = color.NRGBA{R: 0x2b, G: 0x2f, B: 0x39, A: 0xff}
	faint  = color.NRGBA{R: 0xb9, G: 0xbf, B: 0xcc, A: 0xff}
)

// bubble is one line: mine at the right, theirs at the left.
func (p *Panel) bubble(l Line) fyne.CanvasObject {
	if l.Notes {
		note := widget.NewLabel(l.Text)
		note.Wrapping, note.Alignment, note.Importance = fyne.TextWrapWord, fyne.TextAlignCenter, widget.LowImportance
		note.SizeName = theme.SizeNameCaptionText
		return note
	}
	face := canvas.NewRectangle(theirs)
	if l.Mine {
		face.FillColor = ours
	}
	face.CornerRadius = 12
	var body fyne.CanvasObject
	if l.File.ID != "" {
		body = p.file(l)
	} else {
		text := widget.NewLabel(l.Text)
		text.Wrapping, text.Selectable = fyne.TextWrapWord, true
		body = text
	}
	foot := look.Words(l.At.Format("15:04"), 10, false)
	foot.Color = faint
	if l.Mine && l.Seen {
		foot.Text += "  ✓"
	}
	foot.Alignment = fyne.TextAlignTrailing
	inside := container.NewBorder(nil, container.New(layout.NewCustomPaddedLayout(0, 5, 10, 10), foot), nil, nil, body)
	bubble := container.NewStack(face, inside)
	return container.New(aside{mine: l.Mine, text: l.Text, file: l.File.ID != ""}, bubble)
}

// file is a file with what can be done about it.
func (p *Panel) file(l Line) fyne.CanvasObject {
	f := l.File
	name := widget.NewLabel(f.Name)
	name.Truncation, name.TextStyle.Bold = fyne.TextTruncateEllipsis, true
	state := widget.NewLabel(f.words(l.Mine))
	state.SizeName, state.Wrapping = theme.SizeNameCaptionText, fyne.TextWrapWord
	head := container.NewBorder(nil, nil, container.NewCenter(widget.NewIcon(theme.FileIcon())), nil, name)
	column := container.New(layout.NewCustomPaddedVBoxLayout(-9), head, state)
	if f.State == Moving {
		bar := widget.NewProgressBar()
		bar.SetValue(f.share())
		bar.TextFormatter = func() string { return "" }
		column.Add(container.New(layout.NewCustomPaddedLayout(8, 6, 8, 8), container.New(thin{}, bar)))
	}
	if buttons := p.buttons(l); len(buttons) > 0 {
		column.Add(container.New(layout.NewCustomPaddedLayout(8, 0, 0, 0), container.NewHBox(buttons...)))
	}
	return container.New(layout.NewCustomPaddedLayout(2, 0, 6, 4), column)
}

func (p *Panel) buttons(l Line) (all []fyne.CanvasObject) {
	f := l.File
	add := func(text string, strong bool, act func(File)) {
		b := widget.NewButton(text, func() { act(f) })
		if strong {
			b.Importance = widget.HighImportance
		} else {
			b.Importance = widget.LowImportance
		}
		all = append(all, b)
	}
	switch {
	case f.State == Offered && !l.Mine:
		add(lang.L("Accept"), true, p.actions.Accept)
		add(lang.L("No"), false, p.actions.Refuse)
	case !f.State.over():
		add(lang.L("Cancel"), false, p.actions.Cancel)
	case f.State == Kept && !l.Mine && f.Path != "":
		add(lang.L("Open the folder"), false, p.actions.Open)
	}
	return all
}

// thin makes a progress bar a line.
type thin struct{}

// MinSize is Fyne's.
func (thin) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(40, 6) }

// Layout is Fyne's.
func (thin) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

// aside gives a bubble the width that its text needs, at one side.
type aside struct {
	mine bool
	text string
	file bool
}

func (a aside) width(room float32) float32 {
	most := room * 0.84
	if a.file {
		return most
	}
	longest := float32(0)
	size := fyne.CurrentApp().Settings().Theme().Size(theme.SizeNameText)
	longest = fyne.MeasureText(a.text, size, fyne.TextStyle{}).Width + 24
	return min(max(longest, 64), most)
}

// MinSize is Fyne's.
func (a aside) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(80, o[0].MinSize().Height)
}

// Layout is Fyne's. A wrapped text knows its height once it has a width.
func (a aside) Layout(o []fyne.CanvasObject, size fyne.Size) {
	width := a.width(size.Width)
	o[0].Resize(fyne.NewSize(width, size.Height))
	o[0].Move(fyne.NewPos(0, 0))
	if a.mine {
		o[0].Move(fyne.NewPos(size.Width-width, 0))
	}
}
