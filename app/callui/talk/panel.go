package talk

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
)

// Width is the panel's, in Fyne's units.
const Width = 316

// Actions are what a person may do here.
type Actions struct {
	Send   func(text string)
	Attach func() // chooses files to send
	Accept func(File)
	Refuse func(File)
	Cancel func(File)
	Open   func(File) // the folder that it is in
	Close  func()
}

// Panel is the list of lines and the entry for the next.
type Panel struct {
	Content fyne.CanvasObject
	actions Actions
	column  *fyne.Container
	scroll  *container.Scroll
	empty   *widget.Label
	entry   *entry
	attach  *widget.Button
	shown   []Line
	width   float32
}

// NewPanel returns an empty panel.
func NewPanel(a Actions) *Panel {
	p := &Panel{actions: a, column: container.New(layout.NewCustomPaddedVBoxLayout(7))}
	p.scroll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(2, 2, 0, 6), p.column))
	p.empty = widget.NewLabel(lang.L("What is written here goes straight to the other side, and so do files that you drop onto the window."))
	p.empty.Wrapping, p.empty.Importance = fyne.TextWrapWord, widget.LowImportance
	p.entry = newEntry(p.send, a.Close)
	p.attach = widget.NewButtonWithIcon("", theme.MailAttachmentIcon(), a.Attach)
	p.attach.Importance = widget.LowImportance
	send := widget.NewButtonWithIcon("", theme.MailSendIcon(), p.send)
	send.Importance = widget.LowImportance
	below := container.NewBorder(nil, nil, p.attach, send, p.entry)
	body := container.NewBorder(nil, below, nil, nil, container.NewStack(p.empty, p.scroll))
	p.Content = container.NewThemeOverride(look.Pill(18, 12, 12, body), look.Dark())
	return p
}

// Focus puts the keys where a line is written.
func (p *Panel) Focus(c fyne.Canvas) { c.Focus(p.entry) }

func (p *Panel) send() {
	text := strings.TrimSpace(p.entry.Text)
	if text == "" {
		return
	}
	p.entry.SetText("")
	p.actions.Send(text)
}

// Show shows lines, the newest last. Only what changed is made anew.
func (p *Panel) Show(lines []Line) {
	if slices.Equal(lines, p.shown) {
		return
	}
	p.forget(lines)
	same := 0
	for same < min(len(lines), len(p.shown)) && lines[same] == p.shown[same] {
		same++
	}
	more := len(lines) > len(p.shown)
	p.shown = slices.Clone(lines)
	p.column.Objects = p.column.Objects[:same]
	for _, l := range lines[same:] {
		p.column.Objects = append(p.column.Objects, p.bubble(l))
	}
	p.empty.Hidden = len(lines) > 0
	p.column.Refresh()
	p.scroll.Refresh()
	if more || same == 0 {
		p.scroll.ScrollToBottom()
	}
}

// forget takes away what is older than the first line: of a long talk only the
// end is shown.
func (p *Panel) forget(lines []Line) {
	if len(lines) == 0 {
		return
	}
	if n := slices.Index(p.shown, lines[0]); n > 0 {
		p.shown, p.column.Objects = p.shown[n:], slices.Delete(p.column.Objects, 0, n)
	}
}

// entry sends with Enter; Escape closes the panel.
type entry struct {
	widget.Entry
	escape func()
}

func newEntry(send, escape func()) *entry {
	e := &entry{escape: escape}
	e.ExtendBaseWidget(e)
	e.SetPlaceHolder(lang.L("Write something"))
	e.OnSubmitted = func(string) { send() }
	return e
}

// TypedKey is Fyne's.
func (e *entry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		e.escape()
		return
	}
	e.Entry.TypedKey(k)
}
