package assets

import "embed"

// Titles holds a JSON file a title template, and in the folder themes one a
// set of colours and fonts for them, in the forms that package editor/title
// tells. A file put there is offered for films.
//
//go:embed titles/*.json titles/themes/*.json
var Titles embed.FS
