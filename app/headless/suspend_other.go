//go:build !unix

package headless

import "parley/editor/render"

// suspendable does nothing: no terminal of this system suspends a program.
func suspendable(*render.Pause) (stop func()) { return func() {} }
