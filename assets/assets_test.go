package assets

import (
	"bytes"
	"encoding/xml"
	"image/png"
	"os"
	"strings"
	"testing"
)

func TestIcons(t *testing.T) {
	for name, size := range map[string]int{"icons/parley-256.png": 256, "icons/parley-quiet-256.png": 256, "icons/parley-512.png": 512} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := picture.Bounds().Size(); got.X != size || got.Y != size {
			t.Errorf("%s has %v pixels", name, got)
		}
		if _, _, _, alpha := picture.At(0, 0).RGBA(); alpha != 0 {
			t.Errorf("%s has no clear corners", name)
		}
		if name == "icons/parley-256.png" && !bytes.Equal(data, Icon) {
			t.Errorf("Icon is not %s", name)
		}
	}
	var drawing struct{ XMLName xml.Name }
	if err := xml.Unmarshal(IconSVG, &drawing); err != nil || drawing.XMLName.Local != "svg" {
		t.Errorf("IconSVG is %q, %v", drawing.XMLName.Local, err)
	}
}

// What installs the program agrees on what it is called.
func TestDesktopFilesAgree(t *testing.T) {
	for name, lines := range map[string][]string{
		"linux/parley.desktop":                 {"Exec=parley %u\n", "Icon=app.parley.Parley\n", "MimeType=x-scheme-handler/parley;\n"},
		"linux/app.parley.Parley.metainfo.xml": {"<id>app.parley.Parley</id>", "<launchable type=\"desktop-id\">parley.desktop</launchable>", "<release version=\"0.1.0\""},
		"../FyneApp.toml":                      {"ID = \"app.parley.Parley\"\n", "Version = \"0.1.0\"\n", "Icon = \"assets/icons/parley-512.png\"\n"},
	} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range lines {
			if !strings.Contains(string(data), line) {
				t.Errorf("%s has no %q", name, line)
			}
		}
	}
}

func TestDesktopEntryIsWellFormed(t *testing.T) {
	data, err := os.ReadFile("linux/parley.desktop")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
		if i == 0 {
			if line != "[Desktop Entry]" {
				t.Errorf("begins with %q", line)
			}
			continue
		}
		if key, value, ok := strings.Cut(line, "="); !ok || strings.TrimSpace(key) != key || value == "" {
			t.Errorf("line %d is no entry: %q", i+1, line)
		}
	}
}

func TestMetainfoIsXML(t *testing.T) {
	data, err := os.ReadFile("linux/app.parley.Parley.metainfo.xml")
	if err != nil {
		t.Fatal(err)
	}
	var component struct {
		Type string `xml:"type,attr"`
		Name string `xml:"name"`
	}
	if err := xml.Unmarshal(data, &component); err != nil || component.Type != "desktop-application" || component.Name != "Parley" {
		t.Errorf("%+v, %v", component, err)
	}
}
