package call

import (
	"errors"
	"fmt"
)

// UseCamera switches to a camera by name (see Devices); DeviceOff sends black.
// On an error the camera before stays in use, or black where it was the same.
func (m *Media) UseCamera(name string) error {
	defer m.tellSide()
	m.switching.Lock()
	defer m.switching.Unlock()
	if m.cameraStays(name) {
		return nil
	}
	if err := m.switchCamera(name); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.cameraOn = name
	return nil
}

// cameraStays says whether a choice waits until the camera is turned on again.
func (m *Media) cameraStays(name string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.cameraOff || name == DeviceOff {
		return false
	}
	m.cameraOn = name
	return true
}

// SetCameraOff closes the camera (its light goes out) and sends black, or
// opens it again.
func (m *Media) SetCameraOff(off bool) error {
	defer m.tellSide()
	m.switching.Lock()
	defer m.switching.Unlock()
	m.mu.Lock()
	name, same := m.cameraOn, m.cameraOff == off
	m.mu.Unlock()
	if same {
		return nil
	}
	if off {
		name = DeviceOff
	}
	if err := m.switchCamera(name); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.cameraOff = off
	return nil
}

// Camera is the name of the camera that was chosen.
func (m *Media) Camera() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.cameraOn
}

// switchCamera opens a camera and closes the one before; one that is chosen
// again is closed first, since most cameras open only once. m.switching is held.
func (m *Media) switchCamera(name string) error {
	if m.isClosed() {
		return ErrClosed
	}
	if m.cameraInUse() == name {
		m.dropCamera()
	}
	m.awaitDying()
	source, err := m.openVideo(name)
	if err != nil {
		if m.cameraInUse() == "" {
			return errors.Join(err, m.startCamera(DeviceOff, newBlank()))
		}
		return err
	}
	m.dropCamera()
	return m.startCamera(name, source)
}

func (m *Media) openVideo(name string) (VideoSource, error) {
	if name == DeviceOff {
		return newBlank(), nil
	}
	return m.cfg.Devices.OpenVideo(name, m.cfg.Format)
}

func (m *Media) isClosed() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.closed
}

// cameraInUse is the name of the source that runs, or "".
func (m *Media) cameraInUse() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.camera == nil {
		return ""
	}
	return m.camera.name
}

// startCamera reads a source from now on. m.switching is held.
func (m *Media) startCamera(name string, source VideoSource) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return errors.Join(ErrClosed, source.Close())
	}
	m.camera = startCamera(name, source, m)
	return nil
}

// dropCamera closes the source that runs and waits for it. m.switching is held.
func (m *Media) dropCamera() {
	m.mu.Lock()
	camera := m.camera
	m.camera = nil
	m.mu.Unlock()
	if camera != nil {
		camera.close()
	}
	m.awaitDying()
}

// awaitDying waits until a camera that failed is let go of.
func (m *Media) awaitDying() {
	m.mu.Lock()
	dying := m.dying
	m.mu.Unlock()
	if dying != nil {
		<-dying.done
	}
}

// cameraFailed replaces a camera that died by black, at once: to close the
// dead one may take seconds. It is called from the dead one's goroutine, which
// puts no picture any more.
func (m *Media) cameraFailed(pump *cameraPump, err error) {
	m.mu.Lock()
	mine := !m.closed && m.camera == pump
	if mine {
		m.dying, m.camera = pump, startCamera(DeviceOff, newBlank(), m)
		m.mending.Go(func() { m.mendCamera(pump.name) })
	}
	m.mu.Unlock()
	if !mine {
		return
	}
	m.cfg.Log.Warn("the camera failed", "camera", pump.name, "err", err)
	m.cfg.Notify(MediaEvent{Camera, fmt.Sprintf("The camera stopped (%v); plug it in again or choose another.", err), err})
}
