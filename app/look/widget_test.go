package look

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestARoundIsPressedByPointerAndKeys(t *testing.T) {
	test.NewTempApp(t)
	pressed := 0
	r := NewRound(Microphone, "Mute", "M", 40, func() { pressed++ })
	w := test.NewTempWindow(t, r)
	test.Tap(r)
	r.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	r.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if pressed != 3 {
		t.Errorf("pressed %d times, want 3", pressed)
	}
	r.Disable()
	test.Tap(r)
	if pressed != 3 {
		t.Error("a disabled button was pressed")
	}
	var keys []fyne.KeyName
	var runes []rune
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { keys = append(keys, e.Name) })
	w.Canvas().SetOnTypedRune(func(c rune) { runes = append(runes, c) })
	r.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	r.TypedRune('m')
	r.TypedRune(' ')
	if len(keys) != 1 || keys[0] != fyne.KeyEscape || string(runes) != "m" {
		t.Errorf("the window got the keys %v and %q", keys, string(runes))
	}
}

func TestARoundTellsItsNameToPointerAndFocus(t *testing.T) {
	test.NewTempApp(t)
	var hint string
	r := NewRound(Microphone, "Mute", "M", 40, nil)
	r.OnHint = func(of *Round) {
		hint = ""
		if of != nil {
			hint = of.Hint()
		}
	}
	w := test.NewTempWindow(t, r)
	w.Canvas().Focus(r)
	if hint != "Mute  ·  M" {
		t.Errorf("with the focus: %q", hint)
	}
	r.Set(MicrophoneOff, On, "Unmute")
	if hint != "Unmute  ·  M" {
		t.Errorf("after a change: %q", hint)
	}
	r.MouseIn(nil)
	w.Canvas().Unfocus()
	if hint == "" {
		t.Error("the pointer is still there")
	}
	r.MouseOut()
	if hint != "" {
		t.Errorf("with neither: %q", hint)
	}
}

func TestTheFocusIsSeen(t *testing.T) {
	test.NewTempApp(t)
	r := NewRound(Microphone, "Mute", "M", 40, nil)
	i := NewRailItem(Phone, "Call", func() {})
	ring := func() (bool, bool) {
		round := test.WidgetRenderer(r).(*roundRenderer)
		rail := test.WidgetRenderer(i).(*railRenderer)
		_, _, _, a := round.ring.StrokeColor.RGBA()
		return a > 0, rail.face.StrokeWidth > 0
	}
	if a, b := ring(); a || b {
		t.Error("a ring without the focus")
	}
	r.FocusGained()
	i.FocusGained()
	if a, b := ring(); !a || !b {
		t.Errorf("round %v, rail %v; want a ring on both", a, b)
	}
}

func TestAMeterRisesAtOnceAndFallsSlowly(t *testing.T) {
	test.NewTempApp(t)
	m := NewMeter()
	m.Set(0)
	if m.part != 0 {
		t.Errorf("silence shows %v", m.part)
	}
	m.Set(1)
	if m.part != 1 {
		t.Errorf("full scale shows %v", m.part)
	}
	m.Set(0)
	if m.part != 1-meterFall {
		t.Errorf("right after it shows %v, want %v", m.part, 1-meterFall)
	}
	for range 40 {
		m.Set(0.0001)
	}
	if m.part != 0 {
		t.Errorf("below the floor it shows %v", m.part)
	}
	m.Set(0.05) // -26 dBFS
	if m.part < 0.5 || m.part > 0.54 {
		t.Errorf("-26 dBFS shows %v, want about the middle", m.part)
	}
}
