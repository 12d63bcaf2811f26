package editui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestTextsThatAreTooWide(t *testing.T) {
	test.NewTempApp(t)
	wide := func(text string) float32 { return fyne.MeasureText(text, 12, fyne.TextStyle{}).Width }
	tests := []struct {
		text        string
		width       float32
		first, rest string
	}{
		{"Side by side", 500, "Side by side", ""},
		{"Side by side", wide("Side by"), "Side by", "side"},
		{"Side by side", wide("Side…"), "Side", "by s…"},
		{"Nebeneinander", wide("Neben…"), "Neben…", ""},
		{"字幕字幕字幕", wide("字幕…"), "字幕…", ""},
		{"Side", 0, "", ""},
	}
	for _, tt := range tests {
		first, rest := twoLines(tt.text, tt.width+0.01, 12)
		if first != tt.first || rest != tt.rest {
			t.Errorf("%q in %g: %q and %q, want %q and %q", tt.text, tt.width, first, rest, tt.first, tt.rest)
		}
	}
}
