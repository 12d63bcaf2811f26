package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// pointed is what widgets have in common that show several things to choose
// from: they know which of them the pointer is on, and whether the keys are
// theirs.
type pointed struct {
	widget.BaseWidget
	find     func(fyne.Position) int // the thing at a place, -1 where there is none
	focusing func()
	hover    int // -1 for none
	focused  bool
}

// TypedRune is for Fyne.
func (p *pointed) TypedRune(rune) {}

// FocusGained is for Fyne.
func (p *pointed) FocusGained() {
	p.focused = true
	p.Refresh()
	p.focusing()
}

// FocusLost is for Fyne.
func (p *pointed) FocusLost() {
	p.focused = false
	p.Refresh()
}

// MouseIn is for Fyne.
func (p *pointed) MouseIn(e *desktop.MouseEvent) { p.hovering(p.find(e.Position)) }

// MouseMoved is for Fyne.
func (p *pointed) MouseMoved(e *desktop.MouseEvent) { p.hovering(p.find(e.Position)) }

// MouseOut is for Fyne.
func (p *pointed) MouseOut() { p.hovering(-1) }

func (p *pointed) hovering(n int) {
	if p.hover != n {
		p.hover = n
		p.Refresh()
	}
}
