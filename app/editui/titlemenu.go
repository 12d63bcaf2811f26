package editui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/editor"
)

// sketchTitles finds out once, in the background, what the title templates look
// like: measuring letters may have to look for fonts first.
func (t *Tab) sketchTitles() {
	sketcher, ok := t.deps.Effects.Lettering.(editor.Sketcher)
	if t.sketched || !ok || t.presenter.line().Len() == 0 {
		return
	}
	t.sketched = true
	templates := t.presenter.templates()
	t.background.Go(func() {
		all := map[string]editor.Sketch{}
		for _, one := range templates {
			all[one.Name] = sketcher.Sketch(one.Name)
		}
		t.hop(func() { t.sketches = all })
	})
}

// titleMenu shows templates as they look, those of a group together.
type titleMenu struct {
	content *fyne.Container
	groups  []*tiles
	popup   *widget.PopUp
}

// titleMenuWidth is that of its tiles.
const titleMenuWidth = 468

func newTitleMenu(i *inspector, templates []editor.Template, chosen func(template string)) *titleMenu {
	m := &titleMenu{content: container.New(layout.NewCustomPaddedVBoxLayout(4))}
	for len(templates) > 0 {
		n := 1
		for n < len(templates) && templates[n].Group == templates[0].Group {
			n++
		}
		m.group(i, templates[:n], chosen)
		templates = templates[n:]
	}
	return m
}

func (m *titleMenu) group(i *inspector, templates []editor.Template, chosen func(string)) {
	if group := templates[0].Group; group != "" {
		name := newLine(lang.L(group), theme.ColorNamePrimary, theme.SizeNameText)
		name.text.TextStyle.Bold = true
		m.content.Add(name)
	}
	var all []tile
	for _, t := range templates {
		all = append(all, tile{lang.L(t.Label), titleDiagram(i.tab.sketches[t.Name])})
	}
	k := kit{focusing: func(fyne.CanvasObject) {}}
	grid := k.tiles(4, func(n int) {
		m.popup.Hide()
		chosen(templates[n].Name)
	})
	grid.acts, grid.leave = true, func() { m.popup.Hide() }
	grid.set(all, -1)
	m.groups = append(m.groups, grid)
	m.content.Add(grid)
}

// show puts the menu below a control, and has keys go to it.
func (m *titleMenu) show(c fyne.Canvas, below fyne.CanvasObject) {
	inside := container.New(fixedWidth(titleMenuWidth), m.content)
	for range 2 { // tiles are as high as they are wide by
		inside.Resize(fyne.NewSize(titleMenuWidth, m.content.MinSize().Height))
	}
	m.popup = widget.NewPopUp(container.NewPadded(inside), c)
	m.popup.ShowAtRelativePosition(fyne.NewPos(below.Size().Width-m.popup.MinSize().Width, below.Size().Height+2), below)
	c.Focus(m.groups[0])
}

// titleDiagram draws a title: over a landscape, unless it stands on a ground of
// its own.
func titleDiagram(s editor.Sketch) func(ink) string {
	return func(i ink) string {
		svg := box(0, 0, 160, 90, 5, "#5f7796") + `<circle cx="112" cy="30" r="11" fill="#b9c8da"/>` +
			`<path d="M0 74 L40 44 L74 70 L104 52 L160 80 L160 85 Q160 90 155 90 L5 90 Q0 90 0 85 Z" fill="#3d5068"/>`
		if s.Ground != "" {
			svg = box(0, 0, 160, 90, 5, s.Ground) + frameOf(0.5, 0.5, 159, 89, 1, i.back)
		}
		for _, b := range s.Boxes {
			svg += fmt.Sprintf(`<rect x="%.2f" y="%.2f" width="%.2f" height="%.2f" fill="%s" fill-opacity="%.2f"/>`,
				b.X*160, b.Y*90, b.W*160, max(0.8, b.H*90), b.Color, b.Opacity)
		}
		return svg
	}
}
