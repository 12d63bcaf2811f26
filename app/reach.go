package app

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"parley/app/hop"
	"parley/app/instance"
	"parley/app/look"
	"parley/app/settings"
	"parley/call"
)

// reach begins what reaches this person besides the window: the tray, notes on
// the desktop, and later starts of the program. It owns one goroutine, for the
// latter.
func (w *Window) reach() {
	if a, ok := w.app.(desktop.App); ok && w.s.Tray {
		w.tray = newTray(a, w)
	}
	w.showAvailable()
	w.unwatch = w.s.Settings.Watch(func(settings.Settings) { hop.Do(w.showAvailable) })
	if w.s.Herald != nil {
		w.herald = w.s.Herald(func() { hop.Do(w.toFront) })
	}
	w.background.Go(w.listen)
}

// outOfReach ends it.
func (w *Window) outOfReach() error {
	select {
	case <-w.closing:
		return nil
	default:
	}
	close(w.closing)
	w.unwatch()
	w.background.Wait()
	if w.herald == nil {
		return nil
	}
	return w.herald.Close()
}

// listen obeys later starts until the window closes.
func (w *Window) listen() {
	for {
		select {
		case order, ok := <-w.options.Later:
			if !ok {
				return
			}
			hop.Do(func() {
				w.toFront()
				w.obey(order)
			})
		case <-w.closing:
			return
		}
	}
}

// toFront shows the window before all others.
func (w *Window) toFront() {
	w.desk.Wake()
	w.window.Show()
	w.window.RequestFocus()
}

// obey does what a start of the program was asked for.
func (w *Window) obey(o instance.Order) {
	if o.Link == "" {
		return
	}
	w.Show(CallTab)
	if !o.Ask {
		w.call(o.Link)
		return
	}
	if w.question != nil { // of an earlier link: one is asked about at a time
		w.question.Dismiss()
	}
	ask := dialog.NewConfirm(lang.L("Call this link?"),
		lang.L("{{.Where}}\nWho answers there sees and hears you.", map[string]any{"Where": shownLink(o.Link)}),
		func(yes bool) {
			w.question = nil
			if yes {
				w.call(o.Link)
			}
		}, w.window)
	ask.SetConfirmText(lang.L("Call"))
	ask.SetDismissText(lang.L("Not now"))
	w.question = ask
	ask.Show()
}

func (w *Window) call(link string) {
	if link == selfLink {
		w.desk.DialSelf()
		return
	}
	w.desk.Dial(link)
}

// A link that is longer is shown without its middle.
const shownStart, shownEnd = 40, 110

// shownLink is a link as far as others may read it, on one line and without
// what would have it look like another: whoever made it may want that.
func shownLink(link string) string {
	shown := []rune(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, call.Shown(link)))
	if len(shown) <= shownStart+shownEnd {
		return string(shown)
	}
	return string(shown[:shownStart]) + "…" + string(shown[len(shown)-shownEnd:])
}

// quiet tells whether this person is not to be disturbed.
func (w *Window) quiet() bool { return w.s.Settings.Get().DoNotDisturb }

func (w *Window) toggleAvailable() { w.setQuiet(!w.quiet()) }

func (w *Window) setQuiet(on bool) {
	if err := w.s.Settings.Change(func(s *settings.Settings) { s.DoNotDisturb = on }); err != nil {
		w.s.Log.Warn("settings", "err", err)
	}
}

// showAvailable shows whether calls ring, wherever that is to be seen.
func (w *Window) showAvailable() {
	quiet := w.quiet()
	if quiet {
		w.available.Set(look.BellOff, lang.L("Silent"))
	} else {
		w.available.Set(look.Bell, lang.L("Available"))
	}
	w.menu.show(w.last, w.tab, quiet)
	if w.tray != nil {
		w.tray.show(quiet)
	}
}
