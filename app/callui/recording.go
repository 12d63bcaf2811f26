package callui

import "time"

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
	text := say("Recording kept.")
	if p.model.Screen == Ready && !p.model.Notice.Text.IsZero() && p.model.Notice.Action == NoAction {
		// Why the call ended is said in the same breath.
		text = Text{Key: p.model.Notice.Text.Key, With: p.model.Notice.Text.With}
	}
	p.model.Notice = Notice{Text: text, Kind: p.model.Notice.Kind, Action: OpenRecording}
}
