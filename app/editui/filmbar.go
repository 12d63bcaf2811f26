package editui

import (
	"fmt"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// filmBar tells how far the film is, and what became of it.
type filmBar struct {
	content *fyne.Container
	tab     *Tab
	shown   FilmState
	made    bool // content was made for shown
	line    *widget.Label
	bar     *widget.ProgressBar
	hold    *widget.Button
	cancel  *widget.Button
	queue   *queueButton
}

func newFilmBar(t *Tab) *filmBar {
	b := &filmBar{tab: t, content: container.NewVBox()}
	b.line = widget.NewLabel("")
	b.bar = widget.NewProgressBar()
	b.hold = widget.NewButtonWithIcon("", theme.MediaPauseIcon(), t.holdFilm)
	visible(b.hold, t.deps.Pausable != nil)
	b.queue = newQueueButton(t)
	b.cancel = widget.NewButtonWithIcon(lang.L("Cancel"), theme.CancelIcon(), t.cancelFilm)
	return b
}

func (b *filmBar) show(f Film) {
	if !b.made || f.State != b.shown {
		b.made, b.shown = true, f.State
		b.build(f)
	}
	if f.State != Making && f.State != Cancelling {
		return
	}
	b.queue.show(f.Waiting)
	b.line.SetText(tr(phaseOf(f)))
	b.bar.SetValue(f.Progress.Fraction)
	able(b.cancel, f.State == Making)
	able(b.hold, f.State == Making)
	b.showHeld(f.Held)
}

// showHeld has the button say what it would do.
func (b *filmBar) showHeld(held bool) {
	text, icon := lang.L("Pause"), theme.MediaPauseIcon()
	if held {
		text, icon = lang.L("Go on"), theme.MediaPlayIcon()
	}
	if b.hold.Text != text {
		b.hold.SetText(text)
		b.hold.SetIcon(icon)
	}
}

func (b *filmBar) build(f Film) {
	b.content.RemoveAll()
	switch f.State {
	case Making, Cancelling:
		b.content.Add(container.NewVBox(widget.NewSeparator(), container.New(layout.NewCustomPaddedLayout(4, 6, 10, 10),
			container.NewBorder(nil, nil, container.New(fixedWidth(400), b.line), container.NewHBox(b.queue.button, b.hold, b.cancel),
				container.NewVBox(layout.NewSpacer(), b.bar, layout.NewSpacer())))))
	case Made:
		b.content.Add(bar(theme.ColorNameSuccess, tr(Text{"Film made: {{.Path}}  ({{.Facts}})", map[string]any{"Path": f.Path, "Facts": f.Facts}}),
			b.opens(lang.L("Play"), theme.MediaPlayIcon(), f.Path),
			b.opens(lang.L("Show in folder"), theme.FolderOpenIcon(), filepath.Dir(f.Path)), b.away()))
	case Failed:
		b.content.Add(bar(theme.ColorNameError, tr(f.Problem), b.away()))
	}
}

func (b *filmBar) away() fyne.CanvasObject {
	return closer(func() { b.tab.act((*Presenter).FilmSeen) })
}

func (b *filmBar) opens(name string, icon fyne.Resource, path string) fyne.CanvasObject {
	return container.NewCenter(widget.NewButtonWithIcon(name, icon, func() {
		if err := b.tab.deps.Launch(path); err != nil {
			b.tab.act(func(p *Presenter) { p.Tell(sayError(err), Failure) })
		}
	}))
}

// phaseOf is the line beside the progress bar.
func phaseOf(f Film) Text {
	if f.State == Cancelling {
		return say("Cancelling…")
	}
	if f.Held {
		return say("Paused")
	}
	switch f.Progress.Phase {
	case Rendering:
		return verbatim(lang.L("Making the film") + detail(f))
	case Finishing:
		return verbatim(lang.L("Finishing: joining the parts") + detail(f))
	case Checking:
		return say("Checking the film")
	}
	return say("Preparing")
}

// detail is how much is copied, how fast and how long:
// "  ·  92 % copied  ·  2.4×  ·  12 s left".
func detail(f Film) string {
	text := ""
	if copied := showCopied(f.Progress.Copied); copied != "" {
		text += "  ·  " + copied
	}
	if f.Speed > 0 {
		text += fmt.Sprintf("  ·  %.1f×", f.Speed)
	}
	if f.Progress.Left >= 0 {
		text += "  ·  " + lang.L("{{.Left}} left", map[string]any{"Left": showLeft(f.Progress.Left)})
	}
	return text
}

// showLeft rounds as people do: nobody wants tenths of a second.
func showLeft(d time.Duration) string {
	s := int((d + time.Second - 1) / time.Second)
	switch {
	case s < 60:
		return fmt.Sprintf("%d s", s)
	case s < 3600:
		return fmt.Sprintf("%d:%02d min", s/60, s%60)
	}
	return fmt.Sprintf("%d:%02d h", s/3600, s/60%60)
}
