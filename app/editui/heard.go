package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// kit makes the controls of the panel. They tell when they get the focus, so
// that the panel can scroll to them: Fyne does not.
type kit struct {
	focusing func(fyne.CanvasObject)
	opened   func(*fold) // by the person
}

// button makes a button that does not stand out.
func (k kit) button(text string, icon fyne.Resource, tapped func()) *heardButton {
	b := &heardButton{focusing: k.focusing}
	b.Text, b.Icon, b.OnTapped, b.Importance = text, icon, tapped, widget.MediumImportance
	b.ExtendBaseWidget(b)
	return b
}

// quietButton makes a button that is only its text or icon until it is pointed at.
func (k kit) quietButton(text string, icon fyne.Resource, tapped func()) *heardButton {
	b := k.button(text, icon, tapped)
	b.Importance = widget.LowImportance
	return b
}

// check makes a box to be ticked.
func (k kit) check(text string, ticked func(bool)) *heardCheck {
	c := &heardCheck{focusing: k.focusing, ticked: ticked}
	c.Text = text
	c.OnChanged = ticked
	c.ExtendBaseWidget(c)
	return c
}

// choice makes a list of which one is chosen, by its place.
func (k kit) choice(names []string, chosen func(int)) *heardSelect {
	s := &heardSelect{focusing: k.focusing, chosen: chosen}
	s.Options = names
	s.OnChanged = func(string) { s.chosen(s.SelectedIndex()) }
	s.ExtendBaseWidget(s)
	return s
}

func (k kit) slider(least, most, step float64) *heardSlider {
	s := &heardSlider{focusing: k.focusing}
	s.Min, s.Max, s.Step = least, most, step
	s.ExtendBaseWidget(s)
	return s
}

// moment makes an entry for a time or a number.
func (k kit) moment(typing func(string), enter func(string) error, done func()) *momentEntry {
	e := newMomentEntry(typing, enter, done)
	e.focusing = k.focusing
	return e
}

type heardButton struct {
	widget.Button
	focusing func(fyne.CanvasObject)
}

// FocusGained is for Fyne.
func (b *heardButton) FocusGained() {
	b.Button.FocusGained()
	b.focusing(b)
}

// tool shows whether the tool that the button takes up is in hand.
func (b *heardButton) tool(inHand bool, take, done string) {
	text, importance := take, widget.MediumImportance
	if inHand {
		text, importance = done, widget.HighImportance
	}
	if b.Text != text {
		b.Importance = importance
		b.SetText(text)
	}
}

type heardCheck struct {
	widget.Check
	focusing func(fyne.CanvasObject)
	ticked   func(bool)
}

// FocusGained is for Fyne.
func (c *heardCheck) FocusGained() {
	c.Check.FocusGained()
	c.focusing(c)
}

// set shows whether it is ticked, without telling of it.
func (c *heardCheck) set(on bool) {
	if c.Checked == on {
		return
	}
	c.OnChanged = nil
	c.SetChecked(on)
	c.OnChanged = c.ticked
}

type heardSelect struct {
	widget.Select
	focusing func(fyne.CanvasObject)
	chosen   func(int)
}

// FocusGained is for Fyne.
func (s *heardSelect) FocusGained() {
	s.Select.FocusGained()
	s.focusing(s)
}

// set shows which one is chosen, without telling of it.
func (s *heardSelect) set(n int) {
	if s.SelectedIndex() == n || n < 0 || n >= len(s.Options) {
		return
	}
	s.Selected = s.Options[n]
	s.Refresh()
}

type heardSlider struct {
	widget.Slider
	focusing func(fyne.CanvasObject)
	left     func() // it was let go, or the focus went elsewhere
}

// FocusGained is for Fyne.
func (s *heardSlider) FocusGained() {
	s.Slider.FocusGained()
	s.focusing(s)
}

// FocusLost is for Fyne.
func (s *heardSlider) FocusLost() {
	s.Slider.FocusLost()
	s.left()
}

// DragEnd is for Fyne.
func (s *heardSlider) DragEnd() {
	s.Slider.DragEnd()
	s.left()
}

// Tapped is for Fyne.
func (s *heardSlider) Tapped(e *fyne.PointEvent) {
	s.Slider.Tapped(e)
	s.left()
}
