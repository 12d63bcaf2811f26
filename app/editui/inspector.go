package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
)

// inspector is the panel beside the picture: what is chosen, and all that can
// be done to it, in parts that fold.
type inspector struct {
	kit
	tab     *Tab
	content *fyne.Container
	pages   *segments
	clip    *clipPage
	film    *filmPage
	propose *proposalView
	usual   *fyne.Container // what is there while nothing is proposed
	scroll  *container.Scroll
	problem *widget.Label
	shown   Model
}

func newInspector(t *Tab) *inspector {
	i := &inspector{tab: t}
	i.focusing, i.opened = i.reveal, i.revealFold
	i.problem = widget.NewLabel("")
	i.problem.Wrapping = fyne.TextWrapWord
	i.problem.Importance = widget.DangerImportance
	i.problem.Hide()
	i.clip, i.film = newClipPage(i), newFilmPage(i)
	i.pages = i.segments([]string{lang.L("Clip"), lang.L("Film")}, func(n int) {
		i.act(func(p *Presenter) { p.Turn(Page(n)) })
	})
	i.pages.calm = true
	i.scroll = container.NewVScroll(container.NewStack(i.clip.content, i.film.content))
	head := container.New(layout.NewCustomPaddedLayout(6, 6, theme.InnerPadding(), theme.InnerPadding()), i.pages)
	i.usual = container.NewBorder(head, nil, nil, nil, look.Wheeled(i.scroll))
	i.propose = newProposalView(i)
	i.content = container.NewStack(container.NewBorder(nil, i.problem, nil, nil, container.NewStack(i.usual, i.propose.content)))
	return i
}

// act changes the presenter; what was complained about is over.
func (i *inspector) act(f func(*Presenter)) {
	i.problem.Hide()
	i.tab.act(f)
}

// enter gives something written to the presenter, and says what is wrong with
// it.
func (i *inspector) enter(f func(*Presenter) error) error {
	var err error
	i.tab.act(func(p *Presenter) { err = f(p) })
	i.complain(err)
	return err
}

// complain says what is wrong with what was written.
func (i *inspector) complain(err error) {
	if err == nil {
		i.problem.Hide()
		return
	}
	i.problem.SetText(tr(sayError(err)))
	i.problem.Show()
}

// done gives the keys back to the strip.
func (i *inspector) done() { i.tab.view.focus() }

// show shows what is told about the chosen clips and the film.
func (i *inspector) show(m Model) {
	visible(i.content, len(m.Clips) > 0)
	other := m.Inspector.Clip.ID != i.shown.Inspector.Clip.ID
	if other {
		i.problem.Hide()
	}
	page := m.Panel.Page
	if !m.Inspector.On {
		page = FilmPage
	}
	turned := page != i.shown.Panel.Page
	i.pages.set(int(page))
	visible(i.clip.content, page == ClipPage)
	visible(i.film.content, page == FilmPage)
	if m.Inspector.On {
		i.clip.show(m, other)
	}
	i.film.show(m)
	visible(i.usual, m.Proposal.Kind == NoProposal)
	i.propose.show(m)
	if turned || other {
		i.scroll.ScrollToTop()
	}
	m.Panel.Page = page
	i.shown = m
}

// settle lays out what has just come into the page: before that nobody knows
// where it is.
func (i *inspector) settle() {
	i.scroll.Content.Resize(i.scroll.Content.MinSize().Max(i.scroll.Size()))
}

// reveal scrolls to a control that got the focus.
func (i *inspector) reveal(o fyne.CanvasObject) {
	i.settle()
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(i.scroll).Y
	bottom := top + o.Size().Height
	offset := i.scroll.Offset
	switch {
	case top < 0:
		offset.Y += top - revealed
	case bottom > i.scroll.Size().Height:
		offset.Y += bottom - i.scroll.Size().Height + revealed
	default:
		return
	}
	i.scroll.ScrollToOffset(offset)
}

// revealFold scrolls to what is in a fold that was opened, as far as its head
// stays in sight.
func (i *inspector) revealFold(f *fold) {
	i.settle()
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(f.content).Y - driver.AbsolutePositionForObject(i.scroll).Y
	over := top + f.content.MinSize().Height - i.scroll.Size().Height
	if by := min(over, top); by > 0 {
		offset := i.scroll.Offset
		offset.Y += by
		i.scroll.ScrollToOffset(offset)
	}
}

// revealed is how much of what is beyond a control is shown with it.
const revealed = 24
