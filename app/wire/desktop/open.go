package desktop

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"fyne.io/fyne/v2"

	"parley/app"
	"parley/app/callui"
	"parley/app/editui"
	"parley/app/editui/portal"
	"parley/app/herald/notify"
	"parley/app/hop"
	"parley/app/settings"
	"parley/app/wire"
	"parley/editor/render"
	"parley/editor/store"
)

// errNoDisplay tells what to do where no window can open.
var errNoDisplay = errors.New("there is no display to open a window on; run this in a desktop session, or use the verbs (parley --help), or parley demo to see the main job done without one")

// Open opens the window and returns when it is closed.
func Open(ctx context.Context, o wire.WindowOptions) (err error) {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return errNoDisplay
	}
	first, handed, err := meet(o)
	if err != nil || handed {
		return err
	}
	if first != nil {
		defer func() { err = errors.Join(err, first.Close()) }()
	}
	o.Ask = true
	sys, err := wire.NewSystem(o.Options)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sys.Close()) }()
	defer context.AfterFunc(ctx, func() { hop.Do(func() { fyne.CurrentApp().Quit() }) })()
	s := services(sys, o)
	s.People = around{sys.Neighbours, s.People}
	return app.Run(s, app.Options{Order: orderOf(o), Later: later(first), Hidden: o.Hidden, StartedAt: o.StartedAt})
}

func services(sys *wire.System, o wire.WindowOptions) app.Services {
	known := acquaintances{sys.People}
	return app.Services{
		Phone: sys.Phone, Media: sys.Media, Devices: sys.Devices,
		StartRecording: sys.StartRecording, StopRecording: sys.StopRecording,
		Trouble: sys.Trouble, SetVoice: sys.Media.SetVoice, Settings: sys.Settings,
		ThisTime:   callui.Choice{Camera: o.Camera, Microphone: o.Microphone, Speaker: o.Speaker},
		Recordings: sys.RecordingsFolder(),
		Herald:     heralding(sys, o),
		InTray:     func() bool { return notify.There("org.kde.StatusNotifierWatcher") },
		Login:      login(o),
		Launch:     launch,
		Inviter:    inviter{sys.Links, sys.Settings, sys.Server},
		People:     known, Talk: newTalking(sys, o.Profile),
		Verify: known.verify, GoOn: sys.Phone.GoOn, Block: known.block,
		Tray:      notify.There("org.freedesktop.DBus"),
		Cache:     wire.NewCache(sys.Folders),
		Addresses: func() []string { return wire.Addresses(sys.Port) },
		Port:      sys.Port, Version: o.Version, Log: o.Log,
		Edit: func(w fyne.Window) app.EditTab { return editui.New(editing(sys, o), w) },
	}
}

// editing is what the Edit tab works with. ffmpeg is looked for when it is
// needed first, so that the window need not wait for it.
func editing(sys *wire.System, o wire.WindowOptions) editui.Deps {
	folders := sys.Folders
	effects := wire.Effects(folders, o.Log)
	kit := newLazyEditor(folders, effects)
	drawn, projects := newDrawn(kit, folders), newProjects(folders)
	return editui.Deps{
		Importer: kit, Thumbnailer: drawn, Peaks: drawn, Renderer: kit, Store: &store.Shelf{}, Choose: portal.Chooser{}, Exporter: kit, Forecaster: kit, Effects: effects, Able: kit.able,
		Listener: kit, Watcher: kit,
		Projects: projects, ProjectPath: projects.first(),
		FilmFolder: filmFolder(),
		Volume:     func() float64 { return sys.Settings.Get().Volume() },
		Louder: func(v float64) error {
			return sys.Settings.Change(func(s *settings.Settings) { s.FilmVolume = &v })
		},
		Pausable: func(ctx context.Context) (context.Context, editui.Hold) {
			hold := &render.Pause{}
			return render.Pausable(ctx, hold), hold
		},
		Hop: hop.Do, Launch: launch, Now: time.Now,
		NewPlayer: func(screen editui.Screen, told func(editui.Playing)) editui.Player {
			speaker := func() string { return speakerOf(sys.Settings.Get(), o.Speaker) }
			return newPlayer(kit.get, effects, speaker, screen, told)
		},
	}
}

// filmFolder is the user's folder for films, or the home folder.
func filmFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	for _, name := range []string{os.Getenv("XDG_VIDEOS_DIR"), filepath.Join(home, "Videos"), filepath.Join(home, "Movies")} {
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			return name
		}
	}
	return home
}
