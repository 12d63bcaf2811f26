package callui

import (
	"path/filepath"

	"fyne.io/fyne/v2"

	"parley/app/callui/talk"
)

// newChatPanel is the panel for what is written, as the call screen has it.
func newChatPanel(v *View) *talk.Panel {
	return talk.NewPanel(talk.Actions{
		Send:   v.desk.Write,
		Attach: v.attach,
		Accept: func(f talk.File) { v.desk.AcceptFile(f.ID) },
		Refuse: func(f talk.File) { v.desk.RefuseFile(f.ID) },
		Cancel: func(f talk.File) { v.desk.CancelFile(f.ID) },
		Open:   func(f talk.File) { v.shell.Launch(filepath.Dir(f.Path)) },
		Close:  v.ToggleChat,
	})
}

func (v *View) attach() { v.shell.ChooseFiles(v.desk.OfferFiles) }

// ToggleChat shows what is written, or hides it.
func (v *View) ToggleChat() { v.desk.SetChat(!v.model.Chat.Open) }

// Dropped sends files that were dropped onto a call; false where there is none
// that takes them.
func (v *View) Dropped(files []fyne.URI) bool {
	if !v.model.Chat.Possible {
		return false
	}
	var paths []string
	for _, f := range files {
		if f.Scheme() == "file" {
			paths = append(paths, f.Path())
		}
	}
	v.desk.OfferFiles(paths...)
	return true
}

// showChat shows what is written, and gives it the keys when it comes.
func (v *View) showChat(m Model, before Chat) {
	open := m.Connected && m.Chat.Open
	visible(v.chat.Content, open)
	v.chat.Show(m.Chat.Lines)
	c := fyne.CurrentApp().Driver().CanvasForObject(v.stage.content)
	switch {
	case c == nil:
	case open && !before.Open:
		v.chat.Focus(c)
	case !open && before.Open:
		c.Unfocus() // plain keys are the call's again
	}
}
