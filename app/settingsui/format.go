package settingsui

import (
	"fmt"
	"strconv"

	"parley/app/look"
	"parley/app/settings"
)

// sizes are the pictures that can be asked of a camera.
func sizes() []look.Named {
	var list []look.Named
	for _, s := range [][2]int{{640, 360}, {960, 540}, {1280, 720}, {1920, 1080}} {
		list = append(list, look.Named{
			Name:  fmt.Sprintf("%dx%d", s[0], s[1]),
			Title: fmt.Sprintf("%d × %d", s[0], s[1]),
		})
	}
	return list
}

func sizeName(s settings.Settings) string {
	f := s.Format()
	return fmt.Sprintf("%dx%d", f.Width, f.Height)
}

func (v *View) chooseSize(name string) {
	var w, h int
	if _, err := fmt.Sscanf(name, "%dx%d", &w, &h); err != nil {
		return // only names of sizes come here
	}
	v.change(func(s *settings.Settings) { s.Width, s.Height = w, h })
	v.again()
}

// rates are pictures a second.
func rates() []look.Named {
	return []look.Named{{Name: "15", Title: "15"}, {Name: "24", Title: "24"}, {Name: "30", Title: "30"}, {Name: "60", Title: "60"}}
}

func rateName(s settings.Settings) string {
	return strconv.FormatFloat(s.Format().FrameRate, 'f', -1, 64)
}

func (v *View) chooseRate(name string) {
	rate, err := strconv.ParseFloat(name, 64)
	if err != nil {
		return // only names of rates come here
	}
	v.change(func(s *settings.Settings) { s.FrameRate = rate })
	v.again()
}
