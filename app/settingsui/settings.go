// Package settingsui is the Settings tab: what is chosen there is saved at
// once. It owns one goroutine at a time, which works on the cache; Close waits for
// it.
package settingsui
