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
	fyne.KeyLeft:      Previous,
	fyne.KeyRight:     Next,
	fyne.KeyHome:      First,
	fyne.KeyEnd:       Last,
	fyne.KeyDelete:    Remove,
	fyne.KeyBackspace: Remove,
}

// typed are the keys that write something.
var typed = map[rune]Command{
	'i': TrimInHere, 'I': TrimInHere,
	'o': TrimOutHere, 'O': TrimOutHere,
	's': Split, 'S': Split,
	'd': Duplicate, 'D': Duplicate,
	',': FrameBack, '.': FrameOn,
}

// TypedKey takes a key, with or without Shift.
func (s *Strip) TypedKey(e *fyne.KeyEvent) {
	if s.shift {
		switch e.Name {
		case fyne.KeyLeft:
			s.actions.Key(MoveBack)
			return
		case fyne.KeyRight:
			s.actions.Key(MoveOn)
			return
		}
	}
	if e.Name == fyne.KeyEscape && s.scene.drag.held {
		s.scene.drag = drag{}
		s.actions.Settled()
		s.redraw()
		return
	}
	if c, ok := plain[e.Name]; ok {
		s.actions.Key(c)
	}
}

// TypedRune takes a key that writes something.
func (s *Strip) TypedRune(r rune) {
	middle := s.geometry.x(s.scene.now) - s.scene.offset
	switch r {
	case '+', '=':
		s.zoomTo(s.geometry.scale*zoomStep, middle)
	case '-', '_':
		s.zoomTo(s.geometry.scale/zoomStep, middle)
	case '0':
		s.fit()
	default:
		if c, ok := typed[r]; ok {
			s.actions.Key(c)
		}
	}
}

// TypedShortcut takes keys with Control or Alt.
func (s *Strip) TypedShortcut(shortcut fyne.Shortcut) {
	switch shortcut := shortcut.(type) {
	case *fyne.ShortcutUndo:
		s.actions.Key(Undo)
	case *fyne.ShortcutRedo:
		s.actions.Key(Redo)
	case *desktop.CustomShortcut:
		s.custom(shortcut)
	}
}

func (s *Strip) custom(shortcut *desktop.CustomShortcut) {
	switch {
	case shortcut.Modifier == fyne.KeyModifierAlt && shortcut.KeyName == fyne.KeyLeft:
		s.actions.Key(MoveBack)
	case shortcut.Modifier == fyne.KeyModifierAlt && shortcut.KeyName == fyne.KeyRight:
		s.actions.Key(MoveOn)
	case shortcut.Modifier == fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift && shortcut.KeyName == fyne.KeyZ:
		s.actions.Key(Redo)
	case shortcut.Modifier == fyne.KeyModifierShortcutDefault && shortcut.KeyName == fyne.KeyD:
		s.actions.Key(Duplicate)
	}
}

// KeyDown remembers Shift: Fyne tells of it in no other way.
func (s *Strip) KeyDown(e *fyne.KeyEvent) { s.shiftKey(e, true) }

// KeyUp forgets Shift.
func (s *Strip) KeyUp(e *fyne.KeyEvent) { s.shiftKey(e, false) }

func (s *Strip) shiftKey(e *fyne.KeyEvent, down bool) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		s.shift = down
	}
}

// FocusGained shows that keys go to the strip.
func (s *Strip) FocusGained() {
	s.scene.focused = true
	s.redraw()
}

// FocusLost is for Fyne.
func (s *Strip) FocusLost() {
	s.scene.focused, s.shift = false, false
	s.redraw()
}
