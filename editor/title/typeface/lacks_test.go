package typeface

import (
	"os"
	"testing"

	"github.com/go-text/typesetting/fontscan"
)

// TestLacks holds that a system with nothing but a font of Latin letters is
// told of what it has none for.
func TestLacks(t *testing.T) {
	fonts := New(t.TempDir())
	lacking, err := fonts.Lacks()
	if err != nil || len(lacking) > 0 {
		t.Skipf("this system has no fonts for %q: %v", lacking, err)
	}
	place, ok := fonts.fonts.FindSystemFont("Inter")
	if !ok || !fonts.Has("Inter") || fonts.Has("No Such Font") {
		t.Fatal("Inter is not there, though all writings are")
	}
	few := fontscan.NewFontMap(nil)
	addFont(t, few, place.File)
	fonts.fonts = few
	lacking, err = fonts.Lacks()
	if err != nil || len(lacking) != 7 || lacking[0] != "Arabic" {
		t.Errorf("lacks %q, %v", lacking, err)
	}
}

func addFont(t *testing.T, to *fontscan.FontMap, path string) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := to.AddFont(file, path, "Inter"); err != nil {
		t.Fatal(err)
	}
}
