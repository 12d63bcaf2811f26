//go:build !linux

package capture

// nodes and nodeStamp are those of no cameras, see discover.
func nodes() string           { return "" }
func nodeStamp(string) string { return "" }
