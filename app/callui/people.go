package callui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
)

// peoplePanel shows who is called, or who calls: a name in place of a picture.
type peoplePanel struct {
	content fyne.CanvasObject

	face    *canvas.Circle
	initial *canvas.Text
	name    *canvas.Text
	status  *canvas.Text
	where   *canvas.Text

	accept, decline, cancel fyne.CanvasObject
	way                     *canvas.Text
	shield                  *canvas.Image
	goOn, block             *widget.Button
}

const faceSize = 112

func newPeoplePanel(desk *Desk) *peoplePanel {
	p := &peoplePanel{
		face:    canvas.NewCircle(color.NRGBA{R: 0x3d, G: 0x7b, B: 0xff, A: 0xff}),
		initial: look.Words("", 46, true),
		name:    look.Words("", 30, true),
		status:  look.Words("", 16, false),
		where:   look.Words("", 13, false),
	}
	for _, t := range []*canvas.Text{p.initial, p.name, p.status, p.where} {
		t.Alignment = fyne.TextAlignCenter
	}
	p.status.Color, p.where.Color = softWhite, softWhite
	p.accept = withName(look.Phone, look.Welcome, lang.L("Accept"), "Ctrl+Enter", desk.Accept)
	p.decline = withName(look.HangUp, look.Danger, lang.L("Decline"), "Ctrl+H", desk.Decline)
	p.cancel = withName(look.HangUp, look.Danger, lang.L("Cancel"), "Ctrl+H", desk.HangUp)
	p.way = look.Words("", 13, false)
	p.way.Color, p.way.Alignment = softWhite, fyne.TextAlignCenter
	p.shield = look.Icon(look.Shield, green, 20)
	p.block = widget.NewButton(lang.L("Decline and block"), desk.BlockCaller)
	p.block.Importance = widget.LowImportance
	p.goOn = widget.NewButton(lang.L("Go on all the same"), desk.GoOn)
	p.goOn.Importance = widget.WarningImportance
	face := container.NewGridWrap(fyne.NewSquareSize(faceSize), container.NewStack(p.face, container.NewCenter(p.initial)))
	column := container.New(layout.NewCustomPaddedVBoxLayout(7),
		container.NewCenter(face), look.Gap(1, 8), container.NewCenter(container.NewHBox(p.name, container.NewCenter(p.shield))), p.status, p.where, p.way, look.Gap(320, 22),
		container.NewCenter(container.New(layout.NewCustomPaddedHBoxLayout(54), p.decline, p.cancel, p.accept)),
		container.NewCenter(p.goOn), container.NewCenter(p.block))
	p.content = container.NewThemeOverride(column, look.Dark())
	return p
}

// withName is a round button with its name and key beneath.
func withName(s look.Symbol, tone look.Tone, name, key string, tapped func()) fyne.CanvasObject {
	r := look.NewRound(s, name, key, 66, tapped)
	r.Set(s, tone, name)
	word, hint := look.Words(name, 14, false), look.Words(key, 11, false)
	word.Alignment, hint.Alignment = fyne.TextAlignCenter, fyne.TextAlignCenter
	hint.Color = softWhite
	return container.New(layout.NewCustomPaddedVBoxLayout(4), container.NewCenter(r), word, hint)
}

func (p *peoplePanel) show(m Model) {
	if m.Screen == Ready {
		return
	}
	p.name.Text = m.Who
	if m.Loopback {
		p.name.Text = lang.L("Yourself")
	}
	p.initial.Text = look.InitialOf(p.name.Text)
	p.face.FillColor = look.FaceOf(p.name.Text)
	p.status.Text, p.where.Text = tr(m.Status), m.Where
	visible(p.where, m.Where != "")
	p.way.Text = tr(m.Way)
	p.way.Color = softWhite
	if m.Trust.Standing == Changed {
		p.way.Text, p.way.Color = lang.L("This is another machine than last time"), amber
	}
	visible(p.way, p.way.Text != "")
	visible(p.shield, m.Trust.Standing == Verified)
	visible(p.block, m.Screen == Incoming && m.Blocks)
	visible(p.goOn, m.Trust.Asking)
	visible(p.accept, m.Screen == Incoming)
	visible(p.decline, m.Screen == Incoming)
	visible(p.cancel, m.Screen != Incoming)
	p.content.Refresh()
}
