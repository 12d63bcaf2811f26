package callui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"parley/app/look"
)

// controlBar is the row of round buttons on the picture in a call.
type controlBar struct {
	v       *View
	content fyne.CanvasObject
	hint    *fyne.Container // the name of the button that is pointed at
	words   *canvas.Text

	pointedAt bool // by the pointer or the focus

	mute, camera, share, devices, record, chat, figures, full, hangUp *look.Round
}

const (
	buttonSize = 50
	hangUpSize = 58
)

func newControlBar(v *View) *controlBar {
	b := &controlBar{v: v, words: look.Words("", 13, false)}
	b.mute = look.NewRound(look.Microphone, "", "M", buttonSize, v.desk.ToggleMute)
	b.camera = look.NewRound(look.Camera, "", "V", buttonSize, v.desk.ToggleCamera)
	b.share = look.NewRound(look.Screen, "", "S", buttonSize, v.ToggleShare)
	b.devices = look.NewRound(look.Settings, "", "D", buttonSize, v.ToggleDevices)
	b.record = look.NewRound(look.Record, "", "R", buttonSize, v.desk.ToggleRecording)
	b.chat = look.NewRound(look.Chat, "", "C", buttonSize, v.ToggleChat)
	b.figures = look.NewRound(look.Figures, "", "I", buttonSize, v.desk.ToggleStats)
	b.full = look.NewRound(look.Expand, "", "F", buttonSize, v.ToggleFullScreen)
	b.hangUp = look.NewRound(look.HangUp, lang.L("Hang up"), "Ctrl+H", hangUpSize, v.desk.HangUp)
	b.hangUp.Set(look.HangUp, look.Danger, lang.L("Hang up"))
	row := container.NewHBox(b.mute, b.camera, b.share, b.devices, b.record, look.Gap(4, 1), b.hangUp, look.Gap(4, 1), b.chat, b.figures, b.full)
	for _, r := range []*look.Round{b.mute, b.camera, b.share, b.devices, b.record, b.chat, b.figures, b.full, b.hangUp} {
		r.OnHint = b.explain
	}
	b.content = container.NewThemeOverride(look.Pill(44, 16, 9, row), look.Dark())
	b.hint = look.Pill(15, 13, 5, b.words)
	b.hint.Hide()
	return b
}

// explain shows what a button does, above the bar.
func (b *controlBar) explain(r *look.Round) {
	b.pointedAt = r != nil
	if r == nil {
		b.hint.Hide()
		return
	}
	b.words.Text = r.Hint()
	b.hint.Show()
	b.v.stage.placeBars(b.v.stage.content.Size())
	b.hint.Refresh()
}

func (b *controlBar) show(m Model) {
	set(b.mute, m.Muted, look.Microphone, look.MicrophoneOff, lang.L("Mute"), lang.L("Unmute"), look.On)
	set(b.camera, m.CameraOff, look.Camera, look.CameraOff, lang.L("Turn camera off"), lang.L("Turn camera on"), look.On)
	set(b.share, m.Sharing(), look.Screen, look.Screen, lang.L("Share the screen"), lang.L("Stop sharing the screen"), look.On)
	b.showDevices(m)
	set(b.record, m.Recording.On, look.Record, look.Stop, lang.L("Record"), lang.L("Stop recording"), look.Danger)
	set(b.chat, m.Chat.Open, look.Chat, look.Chat, lang.L("Write, send files"), lang.L("Hide what is written"), look.On)
	b.chat.SetBadge(m.Chat.Unread > 0)
	visible(b.chat, m.Chat.Possible)
	set(b.figures, m.ShowStats, look.Figures, look.Figures, lang.L("Show figures"), lang.L("Hide figures"), look.On)
	set(b.full, b.v.fullScreen, look.Expand, look.Shrink, lang.L("Full screen"), lang.L("Leave full screen"), look.On)
	if m.Recording.Busy || !m.Connected {
		b.record.Disable()
	} else {
		b.record.Enable()
	}
	if !m.Connected {
		b.hint.Hide()
	}
}

// showDevices marks the button while a screen is shown, for that is not to be
// forgotten.
func (b *controlBar) showDevices(m Model) {
	name := lang.L("Camera, screen and sound")
	if b.v.devices.open {
		name = lang.L("Hide camera, screen and sound")
	}
	if m.Camera.showsScreen() {
		b.devices.Set(look.Screen, look.On, name)
		return
	}
	b.devices.Set(look.Settings, look.Calm, name)
}

func set(r *look.Round, on bool, off, onSign look.Symbol, offName, onName string, tone look.Tone) {
	if on {
		r.Set(onSign, tone, onName)
		return
	}
	r.Set(off, look.Calm, offName)
}
