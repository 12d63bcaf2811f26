package app

import (
	"io"
	"log/slog"
	"time"

	"fyne.io/fyne/v2"

	"parley/app/callui"
	"parley/app/instance"
	"parley/app/settings"
	"parley/app/settingsui"
	"parley/call"
)

// Services is everything that the window works with; app/wire builds it.
type Services struct {
	Phone   callui.Phone
	Media   callui.Media
	Devices callui.Devices

	// StartRecording keeps the current call in a new folder; StopRecording
	// finishes it and returns the folder, "" where none was running. Both are
	// called off Fyne's goroutine and may take a while.
	StartRecording func() error
	StopRecording  func() (dir string, err error)

	// Trouble delivers devices that fail by themselves; the sender must not
	// block on it. It may be nil.
	Trouble <-chan call.MediaEvent

	// SetVoice puts to use what is done to the microphone's sound.
	SetVoice func(call.VoiceConfig) error

	// Who one may call, how others are invited, what is written in a call, and
	// whether somebody is in between; each may be nil.
	People  callui.People
	Inviter callui.Inviter
	Talk    callui.Talk
	Verify  func(call.Event) error
	GoOn    func()
	Block   func(call.Event) error
	// Launch opens a file or folder with the desktop's program for it.
	Launch func(path string) error

	// Herald tells of calls outside the window, and brings that to the front
	// with present; nil does not. Tray says whether there can be an icon in the
	// desktop's tray.
	Herald func(present func()) io.Closer
	Tray   bool
	// InTray says whether the desktop shows that icon now; nil: it does not.
	InTray func() bool
	// Login has the program started when its user logs in; nil: that is not
	// known here.
	Login settingsui.Login

	Settings *settings.Store
	// ThisTime are devices for this start alone, from the command line: they
	// stand before those of the settings, and leave them as they are.
	ThisTime callui.Choice
	// Recordings is the folder that is used unless the settings name another.
	Recordings string
	// Addresses tells where others can reach this program, as they would type
	// it ("192.168.1.7" or "192.168.1.7:4000"), the likeliest first. It is
	// called off Fyne's goroutine.
	Addresses func() []string
	Port      int // listened on, TCP and UDP
	// Cache is what can be made again; nil where there is none.
	Cache   settingsui.Cache
	Version string

	// Edit builds the Edit tab in its window, on Fyne's goroutine.
	Edit func(fyne.Window) EditTab

	Log *slog.Logger
}

// EditTab is the Edit tab, as the window sees it. Its methods are called on
// Fyne's goroutine.
type EditTab interface {
	Content() fyne.CanvasObject
	// OpenRecording puts a recording's folder onto the timeline.
	OpenRecording(dir string)
	// Dropped takes files that were dropped onto the window while the tab was
	// to be seen; pos is in the window.
	Dropped(pos fyne.Position, uris []fyne.URI)
	// Shown tells it that the person came to it: keys are the tab's. Hidden
	// tells that they are elsewhere, and may come again and again.
	Shown()
	Hidden()
	Undo()
	Redo()
	// Busy tells whether something runs that ending the program would lose.
	Busy() bool
	// AfterSaving calls then once what was edited is saved, and not at all
	// where it cannot be and the person stays for that.
	AfterSaving(then func())
	// Close saves and waits for what runs; it is idempotent.
	Close() error
}

// selfLink is the link that calls this very program.
const selfLink = "self"

// Options say how the window opens.
type Options struct {
	instance.Order // Link is called at once; "self" is this program, "" nobody
	// Later delivers what later starts of the program were asked for; may be nil.
	Later     <-chan instance.Order
	OpenTab   string    // "call" (the default), "edit" or "settings"
	Hidden    bool      // begins in the tray, where there is one
	StartedAt time.Time // of the process, for the log; zero: unknown
}

// recorder fits the two functions of Services to what the call screen needs.
type recorder struct {
	start func() error
	stop  func() (string, error)
}

func (r recorder) Start() error          { return r.start() }
func (r recorder) Stop() (string, error) { return r.stop() }
