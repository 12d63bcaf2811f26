package headless

import (
	"context"
	"strings"

	"parley/app/settings"
	"parley/app/wire"
)

// titleFonts are the packages with the fonts that titles are made for.
const titleFonts = "sudo apt-get install fonts-inter fonts-noto-core fonts-wqy-microhei"

// examineTitles looks for what titles, transitions and layouts are drawn with.
func examineTitles(ctx context.Context, kit *wire.Editor, folders settings.Folders) []finding {
	filters := finding{What: "titles and effects", OK: true, Detail: "ffmpeg has the filters for them"}
	if err := kit.Tools.HasFilters(ctx, "draw titles, transitions and layouts", "ass", "xfade", "alphamerge", "geq", "overlay"); err != nil {
		filters.OK, filters.Detail, filters.Mend = false, err.Error(), installFFmpeg
	}
	return []finding{filters, examineFonts(folders)}
}

func examineFonts(folders settings.Folders) finding {
	f := finding{What: "fonts for titles", OK: true, Detail: "there for all writings that were looked for"}
	fonts := wire.Fonts(folders)
	lacking, err := fonts.Lacks()
	switch {
	case err != nil:
		f.OK, f.Detail, f.Mend = false, err.Error(), titleFonts
	case len(lacking) > 0:
		f.OK, f.Detail, f.Mend = false, "none for "+strings.Join(lacking, ", ")+"; titles in them would show boxes", titleFonts
	case !fonts.Has("Inter"):
		f.OK, f.Detail, f.Mend = false, "Inter is not there, so that titles look plainer than they were made", titleFonts
	}
	return f
}
