package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// toolbar brings in, takes back and makes the film; between them it tells what
// the film is.
type toolbar struct {
	content                      *fyne.Container
	undo, redo, export, makeFilm *widget.Button
	facts                        *line
	busy                         *widget.Activity
	looking                      *line
}

func newToolbar(v *view) *toolbar {
	b := &toolbar{facts: quiet(""), looking: quiet(""), busy: widget.NewActivity()}
	bring := widget.NewButtonWithIcon(lang.L("Bring in…"), theme.ContentAddIcon(), v.choose)
	b.undo = widget.NewButtonWithIcon("", theme.ContentUndoIcon(), v.tab.Undo)
	b.redo = widget.NewButtonWithIcon("", theme.ContentRedoIcon(), v.tab.Redo)
	b.undo.Importance, b.redo.Importance = widget.LowImportance, widget.LowImportance
	b.makeFilm = widget.NewButtonWithIcon(lang.L("Make film…"), theme.MediaVideoIcon(), v.askFilm)
	b.makeFilm.Importance = widget.HighImportance
	b.export = widget.NewButtonWithIcon(lang.L("Export…"), theme.UploadIcon(), v.askExport)
	visible(b.export, v.tab.deps.Exporter != nil)
	b.content = container.New(layout.NewCustomPaddedLayout(6, 6, 8, 8), container.NewHBox(
		bring, b.undo, b.redo, b.busy, container.NewCenter(b.looking),
		layout.NewSpacer(), container.NewCenter(b.facts), b.export, b.makeFilm))
	b.busy.Hide()
	return b
}

func (b *toolbar) show(m Model) {
	able(b.undo, m.Undo != "")
	able(b.redo, m.Redo != "")
	able(b.makeFilm, len(m.Clips) > 0 && m.Film.State != Making && m.Film.State != Cancelling)
	able(b.export, len(m.Clips) > 0)
	looking := ""
	if m.Importing > 0 {
		looking = tr(lookingInto(m.Importing))
	}
	told, busy := write(b.facts, filmLine(m)), write(b.looking, looking)
	if told || busy {
		b.content.Refresh()
	}
	b.spin(m.Importing > 0)
}

func (b *toolbar) spin(on bool) {
	if on == b.busy.Visible() {
		return
	}
	visible(b.busy, on)
	if on {
		b.busy.Start()
		return
	}
	b.busy.Stop()
}

func lookingInto(n int) Text {
	if n == 1 {
		return say("Looking into a file…")
	}
	return sayOf("Looking into {{.Files}} files…", "Files", n)
}

// filmLine tells what the film would be.
func filmLine(m Model) string {
	if len(m.Clips) == 0 {
		return ""
	}
	return showLength(m.Length) + "  ·  " + outputOf(m.Output) + "   "
}

func able(b *widget.Button, on bool) {
	switch {
	case on && b.Disabled():
		b.Enable()
	case !on && !b.Disabled():
		b.Disable()
	}
}
