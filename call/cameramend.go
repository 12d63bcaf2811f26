package call

import "time"

// mendCameraEvery is the time between two tries to get a camera back.
const mendCameraEvery = 2 * time.Second

// mendCamera opens a camera that died as soon as it can be opened, unless
// another one is wanted by then.
func (m *Media) mendCamera(name string) {
	ticker := time.NewTicker(mendCameraEvery)
	defer ticker.Stop()
	for {
		select {
		case <-m.closing:
			return
		case <-ticker.C:
		}
		if m.cameraMended(name) {
			return
		}
	}
}

// cameraMended tries once, unless somebody is choosing just now, and says
// whether there is nothing left to do.
func (m *Media) cameraMended(name string) bool {
	if !m.switching.TryLock() {
		return false
	}
	defer m.switching.Unlock()
	if !m.misses(name) {
		return true
	}
	m.awaitDying()
	source, err := m.openVideo(name)
	if err != nil {
		return false
	}
	m.dropCamera()
	if err := m.startCamera(name, source); err != nil {
		return true // closed
	}
	m.cfg.Notify(MediaEvent{Kind: Camera, Sentence: "The camera is back and in use again."})
	return true
}

// misses says whether black runs in place of a camera that is still wanted.
func (m *Media) misses(name string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return !m.closed && !m.cameraOff && m.cameraOn == name && m.camera != nil && m.camera.name == DeviceOff
}
