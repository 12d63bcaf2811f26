package assets

import (
	"embed"
	"io/fs"
)

//go:embed guest themes/*.json
var guest embed.FS

// Guest is the page by which a guest without Parley answers a link: one HTML
// file, its styles and modules without a build step, and the themes, which it
// wears like the program.
var Guest fs.FS = guestFiles{}

// guestFiles has the page's files at its root and the themes beside them.
type guestFiles struct{}

// Open satisfies fs.FS.
func (guestFiles) Open(name string) (fs.File, error) {
	if name == "themes" || len(name) > 7 && name[:7] == "themes/" {
		return guest.Open(name)
	}
	page, err := fs.Sub(guest, "guest")
	if err != nil {
		return nil, err
	}
	return page.Open(name)
}
