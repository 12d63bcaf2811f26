package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// newProjectButton shows what the project is called, and what can be done with
// projects.
func newProjectButton(v *view) *widget.Button {
	b := widget.NewButtonWithIcon("", theme.MenuDropDownIcon(), nil)
	b.IconPlacement = widget.ButtonIconTrailingText
	b.Importance = widget.LowImportance
	b.OnTapped = func() {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
		menu := widget.NewPopUpMenu(fyne.NewMenu("", v.projectItems()...), v.tab.window.Canvas())
		menu.ShowAtPosition(at.AddXY(0, b.Size().Height))
	}
	if v.tab.deps.Projects == nil {
		b.Disable()
	}
	return b
}

func (v *view) projectItems() []*fyne.MenuItem {
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(lang.L("New project"), v.tab.newProject),
		fyne.NewMenuItem(lang.L("Open project…"), v.askOpen),
		fyne.NewMenuItem(lang.L("Save project as…"), v.askSaveAs),
	}
	first := true
	for _, path := range v.tab.deps.Projects.Recent() {
		if path == v.tab.path {
			continue
		}
		if first {
			items, first = append(items, fyne.NewMenuItemSeparator()), false
		}
		items = append(items, fyne.NewMenuItem(title(path), func() { v.tab.openProject(path) }))
	}
	return items
}
