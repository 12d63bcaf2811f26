package callui

import (
	"fmt"
	"image/color"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"parley/app/look"
)

// topPill says in a call who is seen, for how long, and whether it is kept.
type topPill struct {
	content *fyne.Container
	who     *canvas.Text
	time    *canvas.Text
	status  *canvas.Text
	theirs  *canvas.Text // what they tell of themselves
	shield  *canvas.Image
	rec     *fyne.Container
	recTime *canvas.Text
}

var (
	recordingRed = color.NRGBA{R: 0xff, G: 0x4b, B: 0x4b, A: 0xff}
	softWhite    = color.NRGBA{R: 0xb9, G: 0xbf, B: 0xcc, A: 0xff}
	green        = color.NRGBA{R: 0x4c, G: 0xd3, B: 0x8a, A: 0xff}
	amber        = color.NRGBA{R: 0xff, G: 0xc1, B: 0x5c, A: 0xff}
)

func newTopPill() *topPill {
	t := &topPill{
		who: look.Words("", 15, true), time: look.Words("", 14, false), status: look.Words("", 13, false),
		recTime: look.Words("", 14, true),
	}
	t.time.Color, t.status.Color, t.recTime.Color = softWhite, amber, recordingRed
	t.theirs = look.Words("", 13, false)
	t.theirs.Color = softWhite
	t.shield = look.Icon(look.Shield, green, 17)
	dot := canvas.NewCircle(recordingRed)
	t.rec = container.NewHBox(look.Gap(6, 1), container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(11), dot)), t.recTime)
	row := container.New(layout.NewCustomPaddedHBoxLayout(9), t.who, container.NewCenter(t.shield), t.time, t.rec, t.theirs, t.status)
	t.content = look.Pill(19, 16, 8, row)
	return t
}

func (t *topPill) show(m Model) {
	if !m.Connected {
		return
	}
	t.who.Text = m.Who
	if m.Loopback {
		t.who.Text = lang.L("Yourself")
	}
	t.time.Text = clockTime(m.Elapsed)
	t.status.Text = tr(m.Status)
	if m.Sharing() && (m.Status.IsZero() || m.Reconnecting) { // the veil says what is lost
		t.status.Text = lang.L("Your screen is shared")
	}
	visible(t.status, m.Sharing() || !m.Status.IsZero() && !m.Reconnecting)
	t.recTime.Text = clockTime(m.Recording.Elapsed)
	visible(t.rec, m.Recording.On)
	t.theirs.Text = m.Theirs.words()
	visible(t.theirs, t.theirs.Text != "")
	visible(t.shield, m.Trust.Standing == Verified)
	t.content.Refresh()
}

// words say what is unusual.
func (t Theirs) words() string {
	var all []string
	for _, one := range []struct {
		on   bool
		word string
	}{
		{t.Recording, lang.L("they record")}, {t.Muted, lang.L("muted")}, {t.CameraOff, lang.L("camera off")},
	} {
		if one.on {
			all = append(all, one.word)
		}
	}
	return strings.Join(all, " · ")
}

// clockTime writes 75 s as 1:15.
func clockTime(d time.Duration) string {
	s := int(d / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
