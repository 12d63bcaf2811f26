package editui

import "parley/editor"

// clipWave is the strip's way to the sound of a clip.
func (v *view) clipWave(i int) *editor.Waveform {
	if i >= len(v.model.Clips) {
		return nil
	}
	c := &v.model.Clips[i]
	return v.wave(c.Source, c.Sound.Tracks)
}

// tuneWave is its way to the sound of a piece of music.
func (v *view) tuneWave(i int) *editor.Waveform {
	tunes := v.model.Panel.Film.Tunes
	if i >= len(tunes) {
		return nil
	}
	return v.wave(tunes[i].Source, nil)
}

func (v *view) wave(path string, tracks []int) *editor.Waveform {
	s, ok := v.tab.presenter.Source(path)
	if !ok {
		return nil
	}
	return v.tab.sounds.get(s, tracks)
}
