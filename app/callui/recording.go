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
	kept := Notice{Text: say("Recording kept."), Action: OpenRecording}
	if p.event.State == call.Ended && p.model.Notice.Kind != Failure {
		// Why the call ended is said in the same breath.
		kept.Text, kept.More, kept.Kind = whyEnded(p.event), kept.Text, kindOf(p.event.Reason)
	}
	p.model.Notice = kept
}
