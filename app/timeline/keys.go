package timeline

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

var (
	_ fyne.Focusable    = (*Strip)(nil)
	_ fyne.Shortcutable = (*Strip)(nil)
	_ desktop.Keyable   = (*Strip)(nil)
)

// zoomStep is what + and - multiply the scale by.
const zoomStep = 1.4

// plain are the keys without a modifier.
var plain = map[fyne.KeyName]Command{
	fyne.KeyLeft:      FrameBack,
	fyne.KeyRight:     FrameOn,
	fyne.KeyUp:        PreviousCut,
	fyne.KeyDown:      NextCut,
	fyne.KeyPageUp:    PreviousCut,
	fyne.KeyPageDown:  NextCut,
	fyne.KeyHome:      First,
	fyne.KeyEnd:       Last,
	fyne.KeyDelete:    Remove,
	fyne.KeyBackspace: Remove,
	fyne.KeyEscape:    ChooseLess,
	fyne.KeySpace:     PlayPause,
	fyne.KeyF1:        Help,
}

// shifted are the keys with Shift.
var shifted = map[fyne.KeyName]Command{
	fyne.KeyLeft:  SecondBack,
	fyne.KeyRight: SecondOn,
}

// typed are the keys that write something.
var typed = map[rune]Command{
	'i': TrimInHere, '[': TrimInHere,
	'o': TrimOutHere, ']': TrimOutHere,
	's': Split, 'f': Freeze, 't': Card, 'x': Crossfade,
	'm': Mark, 'M': NameMarker,
	'j': PlayBack, 'k': PlayStop, 'l': PlayOn,
	',': FrameBack, '.': FrameOn,
	'?': Help,
}

// chords are the keys with a modifier.
var chords = map[desktop.CustomShortcut]Command{
	{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt}:                                  MoveBack,
	{KeyName: fyne.KeyRight, Modifier: fyne.KeyModifierAlt}:                                 MoveOn,
	{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}: Redo,
	{KeyName: fyne.KeyD, Modifier: fyne.KeyModifierShortcutDefault}:                         Duplicate,
	{KeyName: fyne.KeyB, Modifier: fyne.KeyModifierShortcutDefault}:                         Split,
}

// TypedKey takes a key, with or without Shift.
func (s *Strip) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape && s.scene.drag.held {
		s.rest()
		s.letGo()
		return
	}
	if c, ok := shifted[e.Name]; ok && s.shift {
		s.actions.Key(c)
		return
	}
	if c, ok := plain[e.Name]; ok {
		s.actions.Key(c)
	}
}

// TypedRune takes a key that writes something. Capital letters are what the
// small ones are, but for those that have a command of their own.
func (s *Strip) TypedRune(r rune) {
	switch r {
	case '+', '=':
		s.ZoomBy(zoomStep)
		return
	case '-', '_':
		s.ZoomBy(1 / zoomStep)
		return
	case '0':
		s.Fit()
		return
	}
	c, ok := typed[r]
	if !ok && r >= 'A' && r <= 'Z' {
		c, ok = typed[r-'A'+'a']
	}
	if ok {
		s.actions.Key(c)
	}
}

// TypedShortcut takes keys with Control or Alt.
func (s *Strip) TypedShortcut(shortcut fyne.Shortcut) {
	switch shortcut := shortcut.(type) {
	case *fyne.ShortcutUndo:
		s.actions.Key(Undo)
	case *fyne.ShortcutRedo:
		s.actions.Key(Redo)
	case *fyne.ShortcutCopy:
		s.actions.Key(Copy)
	case *fyne.ShortcutCut:
		s.actions.Key(Cut)
	case *fyne.ShortcutPaste:
		s.actions.Key(Paste)
	case *fyne.ShortcutSelectAll:
		s.actions.Key(ChooseAll)
	case *desktop.CustomShortcut:
		if c, ok := chords[desktop.CustomShortcut{KeyName: shortcut.KeyName, Modifier: shortcut.Modifier}]; ok {
			s.actions.Key(c)
		}
	}
}

// KeyDown remembers the keys that change what others do: Fyne tells of them in
// no other way.
func (s *Strip) KeyDown(e *fyne.KeyEvent) { s.hold(e, true) }

// KeyUp forgets them.
func (s *Strip) KeyUp(e *fyne.KeyEvent) { s.hold(e, false) }

func (s *Strip) hold(e *fyne.KeyEvent, down bool) {
	switch e.Name {
	case desktop.KeyShiftLeft, desktop.KeyShiftRight:
		s.shift = down
	case desktop.KeyAltLeft, desktop.KeyAltRight:
		s.alt = down
	case desktop.KeyControlLeft, desktop.KeyControlRight:
		s.ctrl = down
	}
}

// FocusGained shows that keys go to the strip.
func (s *Strip) FocusGained() {
	s.scene.focused = true
	s.redraw()
}

// FocusLost is for Fyne.
func (s *Strip) FocusLost() {
	s.scene.focused, s.shift, s.alt, s.ctrl = false, false, false, false
	s.redraw()
}
