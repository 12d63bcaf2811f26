// Package headless is the command line: every verb is the window's own code
// without the window, for scripts, tests and machines without a display.
package headless
