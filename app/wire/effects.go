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
	"parley/editor/transition"
)

// Effects are the transitions, layouts and titles that films can have: those
// that come with the program, and those of the user's data folder, which may
// replace them.
func Effects(folders settings.Folders, log *slog.Logger) editor.Effects {
	return editor.Effects{
		Blends:  transition.All(),
		Layouts: layout.Load(log, within(assets.Layouts, "layouts", log), os.DirFS(filepath.Join(folders.Data, "layouts"))),
	}
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
