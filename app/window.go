package app

import (
	"errors"
	"image"
	"io"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"parley/app/callui"
	"parley/app/hop"
	"parley/app/look"
	"parley/app/settingsui"
)

// Window is the program's one window.
type Window struct {
	app     fyne.App
	s       Services
	options Options
	window  fyne.Window

	desk     *callui.Desk
	calls    *callui.View
	edit     EditTab
	settings *settingsui.View

	pages [tabs]fyne.CanvasObject
	rail  [tabs]*look.RailItem
	side  *fyne.Container
	tab   Tab
	menu  *menus
	last  callui.Model
	ready bool

	asking bool // whether to quit
	// question is the one that Return and Escape answer; nil: there is none.
	question *dialog.ConfirmDialog

	available  *look.RailItem
	tray       *tray // nil without one
	herald     io.Closer
	closing    chan struct{}
	background sync.WaitGroup
	unwatch    func()
}

// New builds the window with any fyne.App; Run shows it. It must be called on
// Fyne's goroutine, and Close when the window is no more.
func New(a fyne.App, s Services, o Options) (*Window, error) {
	chosen := s.Settings.Get()
	if err := look.Speak(chosen.Language); err != nil {
		s.Log.Warn("languages", "err", err)
	}
	a.SetIcon(ringsIcon)
	w := &Window{app: a, s: s, options: o, window: a.NewWindow("Parley"), closing: make(chan struct{})}
	w.dress(chosen.Theme)
	w.desk = callui.NewDesk(deskConfig(s))
	w.calls = callui.NewView(w.desk, s.Media, w.shell())
	w.edit = s.Edit(w.window)
	w.settings = settingsui.New(s.Settings, w.window, settingsui.Facts{
		Recordings: s.Recordings, Port: s.Port, Version: s.Version,
	}, settingsui.Effects{Dress: w.dress, Voice: s.SetVoice, Login: s.Login, Tray: s.Tray, Cache: s.Cache, Hop: hop.Do})
	w.lay()
	w.keys()
	w.Show(tabNamed(o.OpenTab))
	w.reach()
	return w, nil
}

// deskConfig is the part of the services that the call screen works with.
func deskConfig(s Services) callui.Config {
	chosen := s.Settings.Get()
	return callui.Config{
		Phone: s.Phone, Media: s.Media, Devices: s.Devices,
		Recorder: recorder{s.StartRecording, s.StopRecording},
		People:   s.People, Inviter: s.Inviter, Talk: s.Talk, Verify: s.Verify, GoOn: s.GoOn, Block: s.Block,
		Addresses: s.Addresses, Trouble: s.Trouble, Log: s.Log,
		Remembered: callui.Choice{
			Camera: chosen.Camera, Microphone: chosen.Microphone, Speaker: chosen.Speaker,
			Address: chosen.Address, Stats: chosen.Stats,
		},
		ThisTime: s.ThisTime,
		Remember: remember(s.Settings),
	}
}

// shell is what the call screen may ask of the window.
func (w *Window) shell() callui.Shell {
	return callui.Shell{
		Copy:        w.app.Clipboard().SetContent,
		FullScreen:  w.fullScreen,
		Open:        w.OpenRecording,
		Changed:     w.changed,
		ChooseFiles: w.chooseFiles,
		Launch:      w.launch,
	}
}

// dress sets the theme; the call screen's own parts stay dark.
func (w *Window) dress(name string) {
	t, err := look.ThemeNamed(name)
	if err != nil {
		w.s.Log.Warn("theme", "err", err)
	}
	w.app.Settings().SetTheme(t)
}

func (w *Window) lay() {
	w.pages = [tabs]fyne.CanvasObject{w.calls.Content(), w.edit.Content(), w.settings.Content()}
	w.rail = [tabs]*look.RailItem{
		look.NewRailItem(look.Phone, lang.L("Call"), func() { w.Show(CallTab) }),
		look.NewRailItem(look.Cut, lang.L("Edit"), func() { w.Show(EditorTab) }),
		look.NewRailItem(look.Settings, lang.L("Settings"), func() { w.Show(SettingsTab) }),
	}
	face := canvas.NewRectangle(nil)
	w.available = look.NewRailItem(look.Bell, "", w.toggleAvailable)
	w.side = container.NewStack(face, container.NewPadded(container.NewVBox(
		look.Gap(1, 4), w.rail[CallTab], w.rail[EditorTab], w.rail[SettingsTab], layout.NewSpacer(), w.available)))
	pages := container.NewStack(w.pages[:]...)
	// The painter asks a raster for its content when it first draws the window.
	first := canvas.NewRaster(func(int, int) image.Image {
		w.painted()
		return image.NewRGBA(image.Rect(0, 0, 1, 1))
	})
	dot := container.New(look.Corner{}, first)
	w.window.SetContent(container.NewStack(container.NewBorder(nil, nil, w.side, nil, pages), dot))
	w.window.SetPadded(false)
	w.menu = newMenus(w)
	w.window.SetMainMenu(w.menu.main)
	w.window.SetMaster()
	w.window.SetOnDropped(w.dropped)
	w.window.SetCloseIntercept(w.closed)
	w.window.Resize(w.size())
	paintSide := func() {
		set := w.app.Settings()
		face.FillColor = set.Theme().Color(theme.ColorNameHeaderBackground, set.ThemeVariant())
		face.Refresh()
	}
	paintSide()
	w.app.Settings().AddListener(func(fyne.Settings) { paintSide() })
}

// size is that of the window when it was closed.
func (w *Window) size() fyne.Size {
	s := w.s.Settings.Get()
	if s.WindowWidth < 400 || s.WindowHeight < 300 {
		return fyne.NewSize(1180, 720)
	}
	return fyne.NewSize(s.WindowWidth, s.WindowHeight)
}

// started runs when the toolkit does: what takes time begins now, in the
// background, so that the window is there first.
func (w *Window) started() {
	hop.Open()
	hop.Do(func() {
		if w.hidden() {
			w.desk.Rest()
		}
		w.desk.Begin()
		w.obey(w.options.Order)
	})
}

// painted notes the first time that the window was drawn.
func (w *Window) painted() {
	if w.ready {
		return
	}
	w.ready = true
	if w.options.StartedAt.IsZero() {
		w.s.Log.Info("window ready")
		return
	}
	w.s.Log.Info("window ready", "ms", time.Since(w.options.StartedAt).Milliseconds())
}

// Show turns to a tab.
func (w *Window) Show(t Tab) {
	w.tab = t
	for i := range w.pages {
		if Tab(i) == t {
			w.pages[i].Show()
		} else {
			w.pages[i].Hide()
		}
		w.rail[i].SetChosen(Tab(i) == t)
	}
	w.showBadge()
	w.menu.show(w.last, t, w.quiet())
	w.window.Canvas().Unfocus()
	switch t {
	case CallTab:
		w.desk.Seen()
		w.calls.Focus(w.window.Canvas())
	case EditorTab:
		w.edit.Shown()
	case SettingsTab:
		w.settings.Shown()
	}
	if t != EditorTab {
		w.edit.Hidden()
	}
}

// OpenRecording hands a recording to the Edit tab and turns to it.
func (w *Window) OpenRecording(dir string) {
	w.edit.OpenRecording(dir)
	w.Show(EditorTab)
}

// changed follows the call screen.
func (w *Window) changed(m callui.Model) {
	before := w.last
	w.last = m
	if w.menu == nil {
		return // while New builds the window
	}
	if m.Screen == callui.Incoming && before.Screen != callui.Incoming {
		w.Show(CallTab)
		w.toFront()
	}
	if (m.Screen == callui.Ready) != (before.Screen == callui.Ready) && w.tab == CallTab {
		w.window.Canvas().Unfocus() // plain keys are the call's, and no more the address's
		w.calls.Focus(w.window.Canvas())
	}
	w.showBadge()
	w.menu.show(m, w.tab, w.quiet())
	if (m.Screen == callui.InCall) != (before.Screen == callui.InCall) {
		w.app.Driver().SetDisableScreenBlanking(m.Screen == callui.InCall)
	}
}

func (w *Window) dropped(at fyne.Position, files []fyne.URI) {
	if w.tab == CallTab && w.calls.Dropped(files) {
		return
	}
	if w.tab == CallTab || w.tab == SettingsTab {
		w.Show(EditorTab)
	}
	w.edit.Dropped(at, files)
}

func (w *Window) fullScreen(on bool) {
	w.window.SetFullScreen(on)
	if on {
		w.side.Hide()
		w.window.SetMainMenu(nil)
	} else {
		w.side.Show()
		w.window.SetMainMenu(w.menu.main)
	}
}

// Close ends everything that the window started, and waits; it is idempotent.
func (w *Window) Close() error {
	return errors.Join(w.outOfReach(), w.calls.Close(), w.desk.Close(), w.edit.Close(), w.settings.Close())
}
