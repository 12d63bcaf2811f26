package headless

import "fmt"

// windowless are the flags that make no sense with a window, where a person
// hangs up, records, shares a screen and looks at the figures.
var windowless = []string{"for", "record", "stats", "sample", "screen", "send", "receive", "chat", "link", "code"}

// fitWindow refuses what the window would ignore.
func (f *callFlags) fitWindow() error {
	for _, name := range windowless {
		if f.changed(name) {
			return failure{exitUsage, fmt.Errorf("--%s works without a window only; add --no-window", name)}
		}
	}
	return nil
}
