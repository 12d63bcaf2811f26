package desktop

import (
	"context"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2/lang"

	"parley/app/settings"
	"parley/editor"
	"parley/editor/store"
)

// Look satisfies editui.Importer.
func (l *lazyEditor) Look(ctx context.Context, path string) ([]string, error) {
	return store.Look(ctx, path)
}

// Find satisfies editui.Importer.
func (l *lazyEditor) Find(ctx context.Context, folder string, missing []editor.Source) (map[string]string, error) {
	return store.Find(ctx, folder, missing)
}

// projects satisfies editui.Projects.
type projects struct {
	dir    string // of those for which nobody chose a place
	recent store.Recent
}

func newProjects(folders settings.Folders) projects {
	dir := filepath.Join(folders.Data, "projects")
	return projects{dir, store.Recent{Path: filepath.Join(dir, "recent.json")}}
}

func (p projects) Recent() []string         { return p.recent.List() }
func (p projects) Opened(path string) error { return p.recent.Add(path) }
func (p projects) Fresh() (string, error)   { return store.Fresh(p.dir, lang.L("My film")) }

// Folder is where films are kept too.
func (p projects) Folder() (dir, name string) {
	return filmFolder(), lang.L("My film") + store.Extension
}

// first is the project that is open at the start: the one that was open last,
// else the one of earlier versions, else a new one.
func (p projects) first() string {
	if recent := p.recent.List(); len(recent) > 0 {
		return recent[0]
	}
	old := filepath.Join(p.dir, "current"+store.Extension)
	if _, err := os.Stat(old); err == nil {
		return old
	}
	return filepath.Join(p.dir, lang.L("My film")+store.Extension)
}
