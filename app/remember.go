package app

import (
	"fyne.io/fyne/v2"

	"parley/app/callui"
	"parley/app/settings"
)

// remember keeps what was chosen on the call screen.
func remember(store *settings.Store) func(callui.Choice) error {
	return func(c callui.Choice) error {
		return store.Change(func(s *settings.Settings) {
			s.Camera, s.Microphone, s.Speaker = c.Camera, c.Microphone, c.Speaker
			s.Address, s.Stats = c.Address, c.Stats
		})
	}
}

// rememberSize keeps the window's size, unless it is that of the screen.
func rememberSize(store *settings.Store, size fyne.Size, full bool) error {
	now := store.Get()
	if full || size.IsZero() || now.WindowWidth == size.Width && now.WindowHeight == size.Height {
		return nil
	}
	return store.Change(func(s *settings.Settings) {
		s.WindowWidth, s.WindowHeight = size.Width, size.Height
	})
}
