package callui

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// linksPanel lists the links that lead here, each with a button that ends it.
type linksPanel struct {
	content *fyne.Container
	rows    *fyne.Container
	copy    func(string)
	revoke  func(id string)

	shown []OpenLink
	asked string // the link that is revoked by one more press
	now   func() time.Time
}

func newLinksPanel(copy func(string), revoke func(id string)) *linksPanel {
	p := &linksPanel{copy: copy, revoke: revoke, rows: container.NewVBox(), now: time.Now}
	heading := widget.NewRichText(&widget.TextSegment{Text: lang.L("Links that lead to you"), Style: widget.RichTextStyleSubHeading})
	p.content = container.NewVBox(widget.NewSeparator(), heading, p.rows)
	p.content.Hide()
	return p
}

func (p *linksPanel) show(links []OpenLink) {
	if slices.Equal(links, p.shown) {
		return
	}
	p.shown, p.asked = slices.Clone(links), ""
	p.build()
}

// build makes the rows anew, which is seldom.
func (p *linksPanel) build() {
	p.rows.RemoveAll()
	for _, l := range p.shown {
		p.rows.Add(p.row(l))
	}
	visible(p.content, len(p.shown) > 0)
}

func (p *linksPanel) row(l OpenLink) fyne.CanvasObject {
	what := widget.NewLabel(l.words(p.now()))
	what.Truncation = fyne.TextTruncateEllipsis
	again := widget.NewButtonWithIcon("", theme.ContentCopyIcon(), func() { p.copy(l.Link) })
	again.Importance = widget.LowImportance
	end := widget.NewButton(lang.L("Revoke"), nil)
	end.Importance = widget.LowImportance
	// A link that was sent to people cannot be had again, so it is asked.
	end.OnTapped = func() {
		if p.asked == l.ID {
			p.revoke(l.ID)
			return
		}
		p.asked = l.ID
		end.Importance = widget.DangerImportance
		end.SetText(lang.L("Revoke for good"))
	}
	return container.NewBorder(nil, nil, nil, container.NewHBox(again, end), what)
}

// words say which link it is.
func (l OpenLink) words(now time.Time) string {
	if l.For != "" {
		return l.For + " · " + l.lasts(now)
	}
	return l.lasts(now)
}

func (l OpenLink) lasts(now time.Time) string {
	switch l.Kind {
	case InviteRoom:
		return lang.L("My room, until you revoke it")
	case InviteDay:
		return lang.L("Until {{.When}}", map[string]any{"When": moment(l.Until, now)})
	}
	return lang.L("For one call, made {{.When}}", map[string]any{"When": moment(l.Made, now)})
}

// moment is a time, with its day where that is not today.
func moment(at, now time.Time) string {
	at, now = at.Local(), now.Local()
	if at.Year() == now.Year() && at.YearDay() == now.YearDay() {
		return at.Format("15:04")
	}
	return at.Format("2006-01-02 15:04")
}
