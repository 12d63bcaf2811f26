package assets

import "embed"

// Layouts holds a JSON file a layout of a call, in the form that package
// editor/layout tells. A file put there is offered for recordings.
//
//go:embed layouts/*.json
var Layouts embed.FS
