package call

// Side is what this side does now, as the other is told.
func (m *Media) Side() SideState {
	m.mu.Lock()
	camera := !m.cameraOff && m.cameraOn != "" && m.cameraOn != DeviceOff
	m.mu.Unlock()
	return SideState{
		Mute: m.sound.muted.Load(), Camera: camera, Screen: m.Sharing() != "", Recording: m.recorderNow() != nil,
	}
}

// tellSide tells of a change.
func (m *Media) tellSide() {
	if m.cfg.Side != nil {
		m.cfg.Side(m.Side())
	}
}
