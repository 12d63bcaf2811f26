//go:build !unix

package headless

// processUse is not told by this system.
func processUse() (cpu float64, peak int64) { return 0, 0 }
