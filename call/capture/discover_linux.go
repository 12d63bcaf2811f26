//go:build linux && cgo

package capture

import (
	"github.com/pion/mediadevices/pkg/driver"
	cameras "github.com/pion/mediadevices/pkg/driver/camera"
)

// discover looks at /dev anew. The driver package does so only once by itself,
// and so would never see a camera that is plugged in later. Initialize throws
// out every video recorder registered before, whoever registered it; those
// that are open go on, since nothing here goes back to the registry for them.
func discover() []driver.Driver {
	cameras.Initialize()
	return driver.GetManager().Query(driver.FilterAnd(
		driver.FilterVideoRecorder(),
		driver.FilterDeviceType(driver.Camera),
	))
}
