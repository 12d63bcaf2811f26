package assets

import "embed"

// Themes holds a JSON file a theme, in the form of Fyne's theme.FromJSON and
// with a Name besides. A file put there is offered in the settings.
//
//go:embed themes/*.json
var Themes embed.FS
