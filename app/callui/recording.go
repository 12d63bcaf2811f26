package callui

import (
	"time"

	"parley/call"
)

// MayRecord tells whether the record key does anything now.
func (p *Presenter) MayRecord() bool {
	return !p.model.Recording.Busy && (p.model.Recording.On || p.model.Connected)
}

// RecordingBusy notes that a recording is being started or finished.
func (p *Presenter) RecordingBusy() { p.model.Recording.Busy = true }

// RecordingStarted notes that a recording runs, or why not.
func (p *Presenter) RecordingStarted(at time.Time, err error) {
	p.model.Recording = Recording{On: err == nil}
	p.recorded = at
	if err != nil {
		p.Failed(sayOf("The recording could not be started: {{.Error}}", "Error", err.Error()))
	}
}

// RecordingStopped notes where the recording is kept.
func (p *Presenter) RecordingStopped(dir string, err error) {
	p.model.Recording = Recording{}
	if err != nil {
		p.Failed(sayOf("The recording was not finished as it should be: {{.Error}}", "Error", err.Error()))
		return
	}
	if dir == "" {
		return
	}
	p.model.Kept = dir
	if p.event.State == call.Ended && p.model.Notice.Kind != Failure {
		p.model.Notice = p.afterwards()
		return
	}
	p.model.Notice = Notice{Text: say("Recording kept."), Action: OpenRecording}
}

// afterwards says why the call ended and, in the same breath, what was kept.
func (p *Presenter) afterwards() Notice {
	n := Notice{Text: whyEnded(p.event), Kind: kindOf(p.event.Reason)}
	if p.model.Kept != "" {
		n.More, n.Action = say("Recording kept."), OpenRecording
	}
	return n
}
