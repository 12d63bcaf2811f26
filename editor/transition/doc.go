// Package transition holds the ways in which one picture leads over to the
// next. Each is an entry of a table in one small file a family; All lists them
// in the order in which they are offered. A transition is a part of an ffmpeg
// filter graph: nothing runs here.
package transition

import "parley/editor"

// All lists the transitions in the order in which they are offered.
func All() []editor.Blend {
	var all []editor.Blend
	for _, family := range [][]editor.Blend{fades(), slides(), wipes(), shapes()} {
		all = append(all, family...)
	}
	return all
}
