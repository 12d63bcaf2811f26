package assets

import _ "embed"

// Icon is the program's icon, a PNG of 256x256 pixels drawn from
// icons/parley.svg.
//
//go:embed icons/parley-256.png
var Icon []byte

// QuietIcon is Icon while calls do not ring.
//
//go:embed icons/parley-quiet-256.png
var QuietIcon []byte

// IconSVG is the same icon for any size.
//
//go:embed icons/parley.svg
var IconSVG []byte
