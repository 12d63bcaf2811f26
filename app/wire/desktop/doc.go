// Package desktop builds what the window needs, from the same parts as the
// verbs. It owns the system that it builds and closes it after the window.
package desktop
