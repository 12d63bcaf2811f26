package assets

import "embed"

// Languages holds a JSON file a language, named by its tag ("de.json"), from
// English text to translation. A file put there is offered in the settings.
//
//go:embed languages/*.json
var Languages embed.FS
