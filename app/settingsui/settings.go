// Package settingsui is the Settings tab: what is chosen there is saved at
// once. It owns no goroutine.
package settingsui
