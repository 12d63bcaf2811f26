package editui

import (
	"strconv"

	"parley/editor"
)

// MasterSection tells what is done to the film as a whole.
type MasterSection struct {
	Loudness  float64 // LUFS, 0: as it is
	Subtitles editor.Subtitles
	Cues      int // subtitles that the film has
}

func (p *Presenter) master() MasterSection {
	m := p.line().Master()
	s := MasterSection{Loudness: m.Loudness, Subtitles: m.Subtitles, Cues: len(p.line().Cues(p.library))}
	if s.Subtitles == "" {
		s.Subtitles = editor.SubtitleTrack
	}
	return s
}

// loudnesses are the choices for how loud the film is.
func loudnesses() []Choice {
	all := []Choice{{"0", say("As it is")}}
	names := map[float64]Text{
		-16: say("For the web (−16 LUFS)"),
		-23: say("For broadcast (−23 LUFS)"),
		-14: say("For music services (−14 LUFS)"),
	}
	for _, l := range editor.Loudnesses() {
		name, ok := names[l]
		if !ok {
			name = verbatim(strconv.FormatFloat(l, 'f', -1, 64) + " LUFS")
		}
		all = append(all, Choice{strconv.FormatFloat(l, 'f', -1, 64), name})
	}
	return all
}

// subtitling is the choices for what becomes of the subtitles.
func subtitling() []Choice {
	return []Choice{
		{string(editor.SubtitleTrack), say("To be switched on")},
		{string(editor.SubtitleBurnt), say("In the picture")},
		{string(editor.SubtitleNone), say("None")},
	}
}

// Loudness chooses how loud the film is, in LUFS; 0 leaves it as it is.
func (p *Presenter) Loudness(lufs float64) {
	p.remaster("Change loudness", func(m *editor.Master) { m.Loudness = lufs })
}

// Subtitle chooses what becomes of the subtitles.
func (p *Presenter) Subtitle(s editor.Subtitles) {
	p.remaster("Change subtitles", func(m *editor.Master) {
		if s == editor.SubtitleTrack {
			s = ""
		}
		m.Subtitles = s
	})
}

func (p *Presenter) remaster(label string, edit func(*editor.Master)) {
	before := p.line().Master()
	m := before
	edit(&m)
	if m.Loudness == before.Loudness && m.Subtitles == before.Subtitles {
		return
	}
	next, err := p.line().WithMaster(m)
	p.do(label, next, err)
}
