package callui

import (
	"time"

	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// copyButton copies a text and says so for a moment.
type copyButton struct {
	*widget.Button
	at time.Time // it was copied; zero: it says nothing of it
}

// thanks is how long it says so.
const thanks = 2 * time.Second

func newCopyButton(copy func(string), text func() string) *copyButton {
	b := &copyButton{}
	b.Button = widget.NewButtonWithIcon(lang.L("Copy"), theme.ContentCopyIcon(), func() {
		copy(text())
		b.at = time.Now()
		b.SetText(lang.L("Copied"))
		b.SetIcon(theme.ConfirmIcon())
	})
	b.Importance = widget.LowImportance
	return b
}

func (b *copyButton) beat(now time.Time) {
	if !b.at.IsZero() && now.Sub(b.at) > thanks {
		b.at = time.Time{}
		b.SetText(lang.L("Copy"))
		b.SetIcon(theme.ContentCopyIcon())
	}
}
