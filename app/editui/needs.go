package editui

import (
	"context"
	"image"
	"time"

	"parley/editor"
)

// Importer finds out what a path is: a file, or the folder of a recording.
// The source that it returns has an absolute path.
type Importer interface {
	Import(ctx context.Context, path string) (editor.Source, error)
	// Look lists the files that a path stands for, in the order in which people
	// count: of a folder, those that can be in a film; of anything else, itself.
	Look(ctx context.Context, path string) ([]string, error)
	// Find looks below a folder for sources that are missing, and returns where
	// each that it found is, by its old path.
	Find(ctx context.Context, folder string, missing []editor.Source) (map[string]string, error)
}

// Thumbnailer makes the picture of a file at a time from its beginning, no
// larger than maxW x maxH pixels. The caller owns the picture.
type Thumbnailer interface {
	Thumbnail(ctx context.Context, path string, at editor.Time, maxW, maxH int) (*image.RGBA, error)
}

// Peaks finds out how loud a source is, to be drawn; tracks are those of its
// sounds that are heard (Sound.Tracks). grew is called with what is known so far, from the
// caller's goroutine.
type Peaks interface {
	Waveform(ctx context.Context, s editor.Source, tracks []int, grew func(*editor.Waveform)) (*editor.Waveform, error)
}

// Renderer makes the film of a project. The target is whole or untouched.
// progress may be called from any goroutine until Render returns; it does not
// block.
type Renderer interface {
	Render(ctx context.Context, p *editor.Project, target string, progress func(Progress)) (Report, error)
}

// Report describes a film that was made.
type Report struct {
	Output   editor.Output
	Duration editor.Time
	Size     int64   // bytes
	Copied   float64 // part of its pictures that was copied from its sources, 0 to 1
}

// Store keeps projects with what can be undone in them. Open's error is
// fs.ErrNotExist where there is none.
type Store interface {
	Open(path string) (*editor.Project, editor.Past, error)
	Save(path string, p *editor.Project, past editor.Past) error
}

// Chooser asks for files with a dialog of the desktop. ErrNoChooser where
// there is none; a person who changes their mind gives no path and no error.
// parent names the window as the desktop portal wants it, "" where unknown.
type Chooser interface {
	Open(ctx context.Context, parent, title string) ([]string, error)
	Save(ctx context.Context, parent, title, folder, name string) (string, error)
	Folder(ctx context.Context, parent, title string) (string, error)
}

// Deps are what the tab works with. All of them are needed except
// those for which it says what nil means.
type Deps struct {
	Importer    Importer
	Thumbnailer Thumbnailer
	Peaks       Peaks // nil: sounds are not drawn
	Renderer    Renderer
	Store       Store
	Choose      Chooser    // nil: Fyne's dialogs
	Exporter    Exporter   // nil: nothing can be handed to other programs
	Forecaster  Forecaster // nil: nobody knows how large a film will be
	Effects     editor.Effects
	Able        func(context.Context) Abilities // nil: everything
	Listener    editor.Listener                 // nil: nothing is proposed
	Watcher     editor.Watcher                  // nil: what is proposed is only heard

	// Pausable makes a context whose renders can be held back. nil: none can.
	Pausable func(context.Context) (context.Context, Hold)

	// NewPlayer opens a player. It hands pictures and what it does from a
	// goroutine of its own. nil: there is none.
	NewPlayer func(s Screen, told func(Playing)) Player

	// Volume is how loud films are played, 0 to 1; nil: as they are. Louder is
	// told what the person chooses, and keeps it for the next start; nil: nothing
	// is kept.
	Volume func() float64
	Louder func(float64) error

	Projects    Projects           // nil: there is this one only
	ProjectPath string             // the project that is open; it need not exist yet
	FilmFolder  string             // where a film is suggested to go, such as the Videos folder
	Hop         func(func())       // has a function called on Fyne's goroutine, and never waits
	Launch      func(string) error // opens a file or folder with the desktop's program for it
	Now         func() time.Time
}

// Hold holds a render back and lets it go on.
type Hold interface {
	Hold()
	Release()
}

// Phase is what a render is doing.
type Phase int

// The phases of a render, in order.
const (
	Preparing Phase = iota
	Rendering
	Finishing // the parts are joined and the file is put in order
	Checking  // the film is examined before it gets its name
)

// Progress is how far a render is.
type Progress struct {
	Phase    Phase
	Fraction float64       // of the whole, 0 to 1
	Left     time.Duration // until the end; negative where nothing can be said yet
	Copied   float64       // part of the film's pictures that is copied from its sources, 0 to 1
}
