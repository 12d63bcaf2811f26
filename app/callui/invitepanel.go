package callui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
)

// invitePanel shows a way in for others: a link with its picture, or the words
// of a spoken code.
type invitePanel struct {
	content *fyne.Container
	scroll  *container.Scroll
	desk    *Desk
	shown   Invite

	kinds  [inviteKinds]*widget.Button
	ways   *fyne.Container // there is a rendezvous
	none   *fyne.Container // there is none
	server *widget.Entry
	about  *widget.Label
	qr     *qrCode
	code   *widget.RichText
	link   *widget.Label
	copy   *copyButton
	status *widget.Label
	links  *linksPanel
}

func newInvitePanel(desk *Desk, copy func(string)) *invitePanel {
	p := &invitePanel{desk: desk, qr: newQRCode()}
	p.about, p.status, p.link = widget.NewLabel(""), widget.NewLabel(""), widget.NewLabel("")
	for _, l := range []*widget.Label{p.about, p.status} {
		l.Wrapping = fyne.TextWrapWord
	}
	p.about.Importance = widget.LowImportance
	p.status.Alignment = fyne.TextAlignCenter
	p.link.Alignment = fyne.TextAlignCenter
	p.link.Truncation, p.link.TextStyle.Monospace = fyne.TextTruncateEllipsis, true
	p.code = widget.NewRichText()
	p.copy = newCopyButton(copy, func() string {
		if p.shown.State.Code != "" {
			return p.shown.State.Code
		}
		return p.shown.State.Link
	})
	p.copy.Importance = widget.HighImportance
	names := [inviteKinds]string{lang.L("Once"), lang.L("One day"), lang.L("My room"), lang.L("Spoken")}
	for i := range p.kinds {
		p.kinds[i] = widget.NewButton(names[i], func() { desk.Invite(InviteKind(i)) })
	}
	row := inRow(panelWidth, p.kinds[:]...)
	p.ways = container.NewVBox(row, p.about, container.NewCenter(p.qr.content), p.code,
		p.link, p.copy.Button, p.status)
	p.none = p.buildNone()
	p.links = newLinksPanel(copy, desk.Revoke)
	back := widget.NewButtonWithIcon(lang.L("Back"), theme.NavigateBackIcon(), desk.EndInvite)
	back.Importance = widget.LowImportance
	heading := widget.NewRichText(&widget.TextSegment{Text: lang.L("Invite somebody"), Style: widget.RichTextStyleHeading})
	p.content = container.NewVBox(container.NewHBox(back), heading, p.ways, p.none, p.links.content)
	p.scroll = container.NewVScroll(p.content)
	p.scroll.Hide()
	return p
}

// inRow sets buttons side by side, or in two rows where their words are too long
// for that.
func inRow(room float32, buttons ...*widget.Button) *fyne.Container {
	widest := float32(0)
	for _, b := range buttons {
		widest = max(widest, b.MinSize().Width)
	}
	columns := len(buttons)
	if widest*float32(columns)+theme.Padding()*float32(columns-1) > room {
		columns = (columns + 1) / 2
	}
	row := container.New(layout.NewGridLayout(columns))
	for _, b := range buttons {
		row.Add(b)
	}
	return row
}

// buildNone says what a rendezvous is and how to get one.
func (p *invitePanel) buildNone() *fyne.Container {
	what := widget.NewLabel(lang.L("A link or a spoken code needs a rendezvous: a small server on which two Parleys find each other. It can neither hear nor see you. Run one with “parley serve”, or use one that you are given."))
	what.Wrapping = fyne.TextWrapWord
	p.server = widget.NewEntry()
	p.server.SetPlaceHolder("https://parley.example.org")
	p.server.OnSubmitted = p.desk.UseServer
	use := widget.NewButton(lang.L("Use"), func() { p.desk.UseServer(p.server.Text) })
	use.Importance = widget.HighImportance
	without := widget.NewLabel(lang.L("People nearby and addresses work without one."))
	without.Wrapping, without.Importance = fyne.TextWrapWord, widget.LowImportance
	return container.NewVBox(what, container.NewBorder(nil, nil, nil, use, p.server), without, look.Gap(1, 4))
}

// abouts say what each way in is good for.
func (k InviteKind) about() string {
	switch k {
	case InviteDay:
		return lang.L("Whoever has this link can call you until tomorrow.")
	case InviteRoom:
		return lang.L("Your own link, for ever. You are asked about everybody who knocks.")
	case InviteCode:
		return lang.L("Tell them these words, on the telephone perhaps. They type them into their Parley. One wrong guess ends it.")
	}
	return lang.L("Whoever opens this link first can call you, once.")
}

func (p *invitePanel) show(m Invite) {
	if !m.Shown {
		p.shown = m
		return
	}
	p.shown = m
	p.links.show(m.Links)
	visible(p.ways, m.Server != "")
	visible(p.none, m.Server == "")
	for i, b := range p.kinds {
		b.Importance = widget.MediumImportance
		if InviteKind(i) == m.Kind {
			b.Importance = widget.HighImportance
		}
		b.Refresh()
	}
	p.about.SetText(m.Kind.about())
	p.qr.show(m.State.Link)
	visible(p.qr.content, m.State.Link != "" && m.Kind != InviteCode)
	visible(p.code, m.State.Code != "")
	p.code.Segments = []widget.RichTextSegment{&widget.TextSegment{Text: m.State.Code, Style: widget.RichTextStyle{
		Alignment: fyne.TextAlignCenter, SizeName: theme.SizeNameHeadingText, TextStyle: fyne.TextStyle{Bold: true},
	}}}
	p.code.Refresh()
	p.link.SetText(m.State.Link)
	visible(p.link, m.Kind != InviteCode)
	if m.State.Link == "" && m.State.Code == "" {
		p.copy.Disable()
	} else {
		p.copy.Enable()
	}
	p.status.SetText(m.State.words(m.Server))
	p.status.Importance = widget.LowImportance
	if m.State.Trouble != "" {
		p.status.Importance = widget.WarningImportance
	}
	p.status.Refresh()
}

// words say how far an invitation is.
func (s InviteState) words(server string) string {
	switch {
	case s.Trouble != "":
		return s.Trouble
	case s.Revoked:
		return lang.L("You revoked this link. It leads nowhere now.")
	case s.Over:
		return lang.L("It was used, or is out of time.")
	case s.Ready:
		return lang.L("Waiting for them. You may leave this page.")
	}
	return lang.L("Asking {{.Server}}…", map[string]any{"Server": server})
}
