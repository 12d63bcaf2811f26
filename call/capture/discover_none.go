//go:build !(linux && cgo)

package capture

import "github.com/pion/mediadevices/pkg/driver"

// discover finds nothing: the V4L2 driver needs Linux and cgo.
func discover() []driver.Driver { return nil }
