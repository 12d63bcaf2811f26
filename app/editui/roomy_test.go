package editui

import (
	"testing"

	"fyne.io/fyne/v2"

	"parley/app/look"
)

// On a screen of 1024 pixels the window has this much for the tab, in any
// language.
const narrow = 880

// In a small window the names of buttons, where they are long, and facts about
// the film give way; nothing lies off the screen.
func TestTheTabFitsASmallScreen(t *testing.T) {
	t.Cleanup(func() {
		if err := look.Speak("en"); err != nil {
			t.Error(err)
		}
	})
	for _, language := range []string{"de", "en"} {
		if err := look.Speak(language); err != nil {
			t.Fatal(err)
		}
		s := newStudio(t, &fakeStore{}, nil)
		s.Dropped(fyne.Position{}, uris("/a.jpg"))
		s.becomes(t, "*a.jpg 5")
		v := s.view
		v.bar.making(1234)
		if got := v.content.MinSize(); got.Width > narrow || got.Height > 480 {
			t.Errorf("%s: the tab wants %v", language, got)
		}
		for _, width := range []float32{narrow, 1400, narrow} {
			v.content.Resize(fyne.NewSize(width, 700))
			wide := width > narrow
			if named, length := v.clips.named.Visible(), v.deck.row.length.Visible(); named != (wide || language == "en") || length != wide {
				t.Errorf("%s: %v wide, buttons have their names: %v, the film's length is shown: %v", language, width, named, length)
			}
			end := v.bar.makeFilm.Position().X + v.bar.makeFilm.Size().Width
			if end > width || v.bar.makeFilm.Size().Width < v.bar.makeFilm.MinSize().Width {
				t.Errorf("%s: %v wide, the last button ends at %v", language, width, end)
			}
		}
	}
}
