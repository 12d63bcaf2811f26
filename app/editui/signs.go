package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// chevronRight and chevronDown tell whether a fold is closed or open.
var (
	chevronRight = filled("chevron-right", "M9 5.5L10.4 4.1L18 12L10.4 19.9L9 18.5L15.2 12Z")
	chevronDown  = filled("chevron-down", "M5.5 9L4.1 10.4L12 18L19.9 10.4L18.5 9L12 15.2Z")
)

// filled is a symbol of one area, drawn on 24 by 24, in the theme's colour.
func filled(name, path string) fyne.Resource {
	return theme.NewThemedResource(fyne.NewStaticResource(name+".svg", []byte(
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#000" d="`+path+`"/></svg>`)))
}

// turnLeft and turnRight are arrows that go round. Fyne gives the theme's
// colour to what is filled only, so their lines are areas.
var (
	turnLeft  = filled("turn-left", "M12 4A9 9 0 1 1 3 13L5 13A7 7 0 1 0 12 6ZM12.5 1L7 5L12.5 9Z")
	turnRight = filled("turn-right", "M12 4A9 9 0 1 0 21 13L19 13A7 7 0 1 1 12 6ZM11.5 1L17 5L11.5 9Z")
)
