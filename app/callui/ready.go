package callui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/app/callui/roster"
	"parley/app/look"
)

// readyPanel is what stands beside the own picture before a call: whom to
// call, how to invite others, and where one can be called.
type readyPanel struct {
	content *fyne.Container
	desk    *Desk
	copy    func(string)

	whom    *fyne.Container // to be called
	address *widget.Entry
	call    *widget.Button
	self    *widget.Button
	list    *roster.List
	invite  *widget.Button
	inviter *invitePanel

	mine      *widget.Label
	at        fyne.CanvasObject // the words before it
	copyMine  *copyButton
	addresses []string
	begun     bool
}

func newReadyPanel(desk *Desk, copy func(string)) *readyPanel {
	p := &readyPanel{desk: desk, copy: copy}
	p.address = widget.NewEntry()
	p.address.SetPlaceHolder(lang.L("Address, link or spoken code"))
	p.address.OnSubmitted = desk.Dial
	p.call = widget.NewButton(lang.L("Call"), func() { desk.Dial(p.address.Text) })
	p.call.Importance = widget.HighImportance
	p.self = widget.NewButton(lang.L("Call myself, to try everything"), desk.DialSelf)
	p.self.Importance = widget.LowImportance
	p.list = roster.NewList(roster.Actions{
		Call: func(who roster.Person) { desk.Dial(who.Address) },
		Keep: p.keep, Remove: desk.Remove, Block: desk.Block,
	})
	p.invite = widget.NewButtonWithIcon(lang.L("Invite somebody"), theme.MailSendIcon(), func() { desk.Invite(InviteOnce) })
	p.inviter = newInvitePanel(desk, copy)

	p.mine = widget.NewLabel("")
	p.mine.Truncation = fyne.TextTruncateEllipsis
	p.mine.TextStyle.Monospace = true
	p.copyMine = newCopyButton(copy, func() string { return p.addresses[0] })

	p.build()
	return p
}

// build puts the buttons to call with first, for that is the order of the keys.
func (p *readyPanel) build() {
	heading := widget.NewRichText(&widget.TextSegment{Text: lang.L("Who do you want to call?"), Style: widget.RichTextStyleHeading})
	heading.Wrapping = fyne.TextWrapWord
	top := container.NewVBox(heading, container.NewBorder(nil, nil, nil, p.call, p.address))
	p.at = caption(lang.L("You can be called at"))
	mine := container.NewBorder(nil, nil, p.at, p.copyMine.Button, p.mine)
	bottom := container.NewVBox(p.invite, p.self, mine)
	p.whom = container.New(between{6}, top, bottom, p.list.Content)
	p.content = container.NewStack(p.whom, p.inviter.scroll)
}

// keep asks under which name somebody is to be a contact.
func (p *readyPanel) keep(who roster.Person) {
	w := windowOf(p.content)
	if w == nil {
		return
	}
	var ask *dialog.FormDialog
	name := look.NewEntry(func() { ask.Dismiss() })
	name.SetText(who.Name)
	ask = dialog.NewForm(lang.L("Keep as a contact"), lang.L("Keep"), lang.L("Cancel"),
		[]*widget.FormItem{widget.NewFormItem(lang.L("Name"), name)},
		func(yes bool) {
			if yes {
				p.desk.Keep(who, name.Text)
			}
		}, w)
	ask.Resize(fyne.NewSize(360, 160))
	look.ShowDialog(ask, w, nil)
	w.Canvas().Focus(name)
}

// windowOf is the window that shows an object; nil where none does.
func windowOf(o fyne.CanvasObject) fyne.Window {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if w.Canvas() == c {
			return w
		}
	}
	return nil
}

// caption is a small heading.
func caption(text string) fyne.CanvasObject {
	l := widget.NewLabel(text)
	l.SizeName = theme.SizeNameCaptionText
	l.Importance = widget.LowImportance
	return l
}

// beat moves what moves by itself.
func (p *readyPanel) beat(now time.Time) {
	p.copyMine.beat(now)
	p.inviter.copy.beat(now)
}

func (p *readyPanel) show(m Model) {
	if !p.begun {
		p.address.SetText(m.Address)
		p.begun = true
	}
	visible(p.invite, m.Invite.Possible)
	visible(p.inviter.scroll, m.Invite.Shown)
	visible(p.whom, !m.Invite.Shown)
	p.inviter.show(m.Invite)
	p.list.Show(m.People, time.Now())
	p.addresses = m.Mine
	text := lang.L("No network was found")
	if len(m.Mine) > 0 {
		text = m.Mine[0]
	}
	if p.mine.Text != text {
		p.mine.SetText(text)
	}
	visible(p.at, len(m.Mine) > 0)
	visible(p.copyMine, len(m.Mine) > 0)
}

// between lays out what stands at the top, what stands at the bottom, and what
// fills the room between them.
type between struct{ gap float32 }

// MinSize is Fyne's.
func (b between) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		m := o.MinSize()
		size = fyne.NewSize(max(size.Width, m.Width), size.Height+m.Height+b.gap)
	}
	return size
}

// Layout is Fyne's.
func (b between) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	top, bottom := objects[0].MinSize().Height, objects[1].MinSize().Height
	if top == 0 { // a wrapped text has no height before it has a width
		objects[0].Resize(fyne.NewSize(size.Width, 0))
		top = objects[0].MinSize().Height
	}
	place(objects[0], fyne.Position{}, fyne.NewSize(size.Width, top))
	place(objects[1], fyne.NewPos(0, size.Height-bottom), fyne.NewSize(size.Width, bottom))
	place(objects[2], fyne.NewPos(0, top+b.gap), fyne.NewSize(size.Width, max(0, size.Height-top-bottom-2*b.gap)))
}
