package wire

import (
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"parley/app/settings"
	"parley/assets"
	"parley/editor"
	"parley/editor/layout"
	"parley/editor/title"
	"parley/editor/title/typeface"
	"parley/editor/transition"
)

// Effects are the transitions, layouts and titles that films can have: those
// that come with the program, and those of the user's data folder, which may
// replace them.
func Effects(folders settings.Folders, log *slog.Logger) editor.Effects {
	both := func(ours fs.FS, name string) []fs.FS {
		return []fs.FS{within(ours, name, log), os.DirFS(filepath.Join(folders.Data, filepath.FromSlash(name)))}
	}
	return editor.Effects{
		Blends:    transition.All(),
		Layouts:   layout.Load(log, both(assets.Layouts, "layouts")...),
		Lettering: title.Load(log, Fonts(folders), both(assets.Titles, "titles"), both(assets.Titles, "titles/themes")),
	}
}

// Fonts measures what titles are set in.
func Fonts(folders settings.Folders) *typeface.Fonts {
	return typeface.New(filepath.Join(folders.Cache, "fonts"))
}

// within is a folder of what comes with the program.
func within(files fs.FS, name string, log *slog.Logger) fs.FS {
	sub, err := fs.Sub(files, name)
	if err != nil {
		log.Error("the program lacks its folder of "+name, "error", err)
		return files
	}
	return sub
}
