package editui

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// queueButton tells how many films wait, and has them made sooner or not at
// all.
type queueButton struct {
	tab     *Tab
	button  *widget.Button
	waiting []string
}

func newQueueButton(t *Tab) *queueButton {
	q := &queueButton{tab: t}
	q.button = widget.NewButtonWithIcon("", theme.ListIcon(), q.open)
	q.button.Hide()
	return q
}

func (q *queueButton) show(waiting []string) {
	q.waiting = waiting
	visible(q.button, len(waiting) > 0)
	if text := lang.L("{{.Count}} waiting", map[string]any{"Count": len(waiting)}); q.button.Text != text {
		q.button.SetText(text)
	}
}

// open shows what waits.
func (q *queueButton) open() {
	var items []*fyne.MenuItem
	for i, path := range q.waiting {
		name := map[string]any{"Name": filepath.Base(path)}
		sooner := fyne.NewMenuItem(lang.L("Make next: {{.Name}}", name), func() { q.tab.act(func(p *Presenter) { p.Sooner(path) }) })
		sooner.Disabled = i == 0
		items = append(items, sooner,
			fyne.NewMenuItem(lang.L("Do not make: {{.Name}}", name), func() { q.tab.act(func(p *Presenter) { p.Without(path) }) }))
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), q.tab.window.Canvas())
	menu.ShowAtRelativePosition(fyne.NewPos(0, -menu.MinSize().Height), q.button)
}
