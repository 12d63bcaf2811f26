package look

import (
	"embed"
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
)

//go:embed symbols/*.svg
var symbols embed.FS

// Symbol names a picture of the program's own set, drawn on 24 by 24.
type Symbol string

// The symbols.
const (
	Microphone    Symbol = "microphone"
	MicrophoneOff Symbol = "microphone-off"
	Camera        Symbol = "camera"
	CameraOff     Symbol = "camera-off"
	Speaker       Symbol = "speaker"
	Phone         Symbol = "phone"
	HangUp        Symbol = "hangup"
	Record        Symbol = "record"
	Stop          Symbol = "stop"
	Expand        Symbol = "expand"
	Shrink        Symbol = "shrink"
	Figures       Symbol = "figures"
	Copy          Symbol = "copy"
	Person        Symbol = "person"
	Cut           Symbol = "cut"
	Settings      Symbol = "settings"
	Accept        Symbol = "accept"
	Close         Symbol = "close"
	Screen        Symbol = "screen"
	Bell          Symbol = "bell"
	BellOff       Symbol = "bell-off"
	Shield        Symbol = "shield"
	Chat          Symbol = "chat"
	Link          Symbol = "link"
)

// In returns the symbol in a colour. Fyne recolours only what is filled, and
// these have lines, so each colour is a resource of its own.
func (s Symbol) In(c color.Color) fyne.Resource {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	hex := fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
	data, err := symbols.ReadFile("symbols/" + string(s) + ".svg")
	if err != nil {
		panic(err) // a constant above without its file
	}
	return &fyne.StaticResource{
		StaticName:    string(s) + hex + ".svg",
		StaticContent: []byte(strings.ReplaceAll(string(data), "currentColor", hex)),
	}
}
