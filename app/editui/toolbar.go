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
	project                      *widget.Button
	undo, redo, export, makeFilm *widget.Button
	facts                        *line
	busy                         *widget.Activity
	looking                      *line
	stop                         *widget.Button // bringing in
	importing, left              int
}

// fewLeft is how much work in the background is not worth a word.
const fewLeft = 3

func newToolbar(v *view) *toolbar {
	b := &toolbar{facts: quiet(""), looking: quiet(""), busy: widget.NewActivity()}
	b.project = newProjectButton(v)
	b.name(title(v.tab.path))
	bring := widget.NewButtonWithIcon(lang.L("Bring in…"), theme.ContentAddIcon(), v.choose)
	b.undo = widget.NewButtonWithIcon("", theme.ContentUndoIcon(), v.tab.Undo)
	b.redo = widget.NewButtonWithIcon("", theme.ContentRedoIcon(), v.tab.Redo)
	b.undo.Importance, b.redo.Importance = widget.LowImportance, widget.LowImportance
	b.stop = widget.NewButton(lang.L("Stop"), v.tab.pool.giveUp)
	b.stop.Importance = widget.LowImportance
	b.makeFilm = widget.NewButtonWithIcon(lang.L("Make film…"), theme.MediaVideoIcon(), v.askFilm)
	b.makeFilm.Importance = widget.HighImportance
	b.export = widget.NewButtonWithIcon(lang.L("Export…"), theme.UploadIcon(), v.askExport)
	visible(b.export, v.tab.deps.Exporter != nil)
	looking, facts := container.NewCenter(b.looking), container.NewCenter(b.facts)
	b.content = container.New(layout.NewCustomPaddedLayout(6, 6, 8, 8), container.New(yielding{[]fyne.CanvasObject{facts, looking}},
		b.project, bring, b.undo, b.redo, b.busy, looking, container.NewCenter(b.stop),
		layout.NewSpacer(), facts, b.export, b.makeFilm))
	b.busy.Hide()
	b.stop.Hide()
	return b
}

func (b *toolbar) show(m Model) {
	able(b.undo, m.Undo != "")
	able(b.redo, m.Redo != "")
	able(b.makeFilm, len(m.Clips) > 0)
	able(b.export, len(m.Clips) > 0)
	b.importing = m.Importing
	if write(b.facts, filmLine(m)) {
		b.content.Refresh()
	}
	b.work()
}

// making tells how many pictures and sounds are still to be made.
func (b *toolbar) making(left int) {
	b.left = left
	b.work()
}

// work tells what goes on in the background.
func (b *toolbar) work() {
	text := ""
	switch {
	case b.importing > 0:
		text = tr(lookingInto(b.importing))
	case b.left > fewLeft:
		text = tr(sayOf("Pictures and sounds to draw: {{.Left}}", "Left", b.left))
	}
	if write(b.looking, text) {
		b.content.Refresh()
	}
	b.spin(text != "")
	visible(b.stop, b.importing > 1)
}

// name tells what the project is called.
func (b *toolbar) name(title string) { b.project.SetText(title) }

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
