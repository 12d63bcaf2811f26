package editui

import "parley/editor"

func (v *view) clipWave(i int) *editor.Waveform { return nil }

func (v *view) tuneWave(i int) *editor.Waveform { return nil }
