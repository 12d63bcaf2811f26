package app

// Tab is one of the window's pages.
type Tab int

// The tabs, in their order.
const (
	CallTab Tab = iota
	EditorTab
	SettingsTab
	tabs
)

// tabNamed finds the tab for Options.OpenTab; an unknown name is the first.
func tabNamed(name string) Tab {
	switch name {
	case "edit":
		return EditorTab
	case "settings":
		return SettingsTab
	}
	return CallTab
}
