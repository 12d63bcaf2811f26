package editui

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"parley/editor"
)

// SoundSection tells what is done to the sound of the chosen clip.
type SoundSection struct {
	On      bool
	Summary []Text
	Sound   editor.Sound
	Tracks  []SoundTrack // of the file, where there are several
	Longest editor.Time  // that a fade can be
	Propose bool         // silences can be looked for
}

// SoundTrack is one of several sounds of a file.
type SoundTrack struct {
	Name  Text
	Heard bool
}

// mostGain is where the slider for a volume ends, in dB; an entry takes what
// the film can take.
const mostGain = 12

// leastGain is where it begins.
const leastGain = -40

func (p *Presenter) sound(c editor.Clip) SoundSection {
	source := p.library[c.Source]
	if !p.isHeard(c) {
		return SoundSection{}
	}
	s := SoundSection{On: true, Sound: c.Sound, Tracks: tracksOf(c, source), Longest: c.Length(), Propose: p.listens && !c.Sound.Mute}
	s.Summary = s.summary()
	return s
}

func (s SoundSection) summary() []Text {
	if s.Sound.Mute {
		return []Text{say("Muted")}
	}
	var all []Text
	if s.Sound.Gain != 0 {
		all = append(all, verbatim(showGain(s.Sound.Gain)))
	}
	if s.Sound.FadeIn.Num() > 0 || s.Sound.FadeOut.Num() > 0 {
		all = append(all, say("Faded"))
	}
	if s.Sound.Denoise {
		all = append(all, say("Less noise"))
	}
	return all
}

// isHeard says whether the clip has a sound of its own.
func (p *Presenter) isHeard(c editor.Clip) bool { return !c.Stands() && hasSound(p.library[c.Source]) }

// hearing edits the sound of those chosen clips that have one.
func (p *Presenter) hearing(key, label string, edit func(*editor.Clip)) {
	p.changing(key, label, func(c *editor.Clip) {
		if p.isHeard(*c) {
			edit(c)
		}
	})
}

func hasSound(s editor.Source) bool {
	if s.Recording != nil {
		return len(s.Recording.Of(editor.AudioStream)) > 0
	}
	if s.Media == nil {
		return false
	}
	_, ok := s.Media.Audio()
	return ok
}

// tracksOf are the sounds of a file that has several.
func tracksOf(c editor.Clip, s editor.Source) []SoundTrack {
	if s.Media == nil {
		return nil
	}
	var tracks []SoundTrack
	for _, a := range s.Media.Streams {
		if a.Kind == editor.AudioStream {
			n := len(tracks)
			heard := slices.Contains(c.Sound.Tracks, n) || len(c.Sound.Tracks) == 0 && n == 0
			tracks = append(tracks, SoundTrack{nameOfSound(n, a), heard})
		}
	}
	if len(tracks) < 2 {
		return nil
	}
	return tracks
}

func nameOfSound(n int, a editor.Stream) Text {
	parts := []string{strconv.Itoa(n + 1)}
	if a.Language != "" && a.Language != "und" {
		parts = append(parts, a.Language)
	}
	return verbatim(strings.Join(append(parts, channelsOf(&a)), " · "))
}

// Volume makes the sound louder or softer, in dB; what is dragged is one step.
func (p *Presenter) Volume(db float64) {
	p.hearing("volume", "Change volume", func(c *editor.Clip) { c.Sound.Gain = gain(db) })
}

// gain is a volume that a film can take, to a tenth of a dB.
func gain(db float64) float64 {
	return max(editor.MinGain, min(editor.MaxGain, math.Round(db*10)/10))
}

// EnterVolume takes a volume that was written.
func (p *Presenter) EnterVolume(text string) error {
	db, err := parseGain(text)
	if err == nil {
		p.Volume(db)
		p.EndRun()
	}
	return err
}

var errGain = refuse(say("write a volume in dB, such as -6 or 3; 0 leaves it as it is"))

// parseGain reads "-6", "+3,5 dB"; a minus may be the one of typesetters.
func parseGain(text string) (float64, error) {
	text = strings.NewReplacer("−", "-", "–", "-", ",", ".").Replace(strings.ToLower(strings.TrimSpace(text)))
	db, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(text, "db")), 64)
	if err != nil || math.IsNaN(db) {
		return 0, errGain
	}
	if db < editor.MinGain || db > editor.MaxGain {
		return 0, refuse(Text{"choose a volume from {{.Least}} to {{.Most}} dB", map[string]any{"Least": editor.MinGain, "Most": editor.MaxGain}})
	}
	return db, nil
}

// showGain writes a volume: "−6 dB", "+3.5 dB".
func showGain(db float64) string {
	text := strconv.FormatFloat(math.Abs(math.Round(db*10)/10), 'f', -1, 64) + " dB"
	switch {
	case db < -0.05:
		return "−" + text
	case db > 0.05:
		return "+" + text
	}
	return text
}

// Mute has the clip not heard.
func (p *Presenter) Mute(on bool) {
	p.hearing("", "Mute", func(c *editor.Clip) { c.Sound.Mute = on })
}

// Denoise takes steady noise away.
func (p *Presenter) Denoise(on bool) {
	p.hearing("", "Take noise away", func(c *editor.Clip) { c.Sound.Denoise = on })
}

// Fade makes the sound come or go over a time.
func (p *Presenter) Fade(out bool, length editor.Time) {
	p.hearing("", "Fade sound", func(c *editor.Clip) {
		length := length.Max(editor.Time{}).Min(c.Length())
		if out {
			c.Sound.FadeOut = length
		} else {
			c.Sound.FadeIn = length
		}
	})
}

// Hear chooses whether one of a file's sounds is heard. One is heard always:
// not to hear any is Mute.
func (p *Presenter) Hear(track int, on bool) {
	p.hearing("", "Choose sounds", func(c *editor.Clip) {
		tracks := slices.Clone(c.Sound.Tracks)
		if len(tracks) == 0 {
			tracks = []int{0}
		}
		tracks = slices.DeleteFunc(tracks, func(n int) bool { return n == track })
		if on {
			tracks = append(tracks, track)
		}
		slices.Sort(tracks)
		switch {
		case len(tracks) == 0:
			return
		case len(tracks) == 1 && tracks[0] == 0:
			tracks = nil
		}
		c.Sound.Tracks = tracks
	})
}

// ResetSound leaves the sound as it is in the file.
func (p *Presenter) ResetSound() {
	p.hearing("", "Leave sound as it is", func(c *editor.Clip) { c.Sound = editor.Sound{Extra: c.Sound.Extra} })
}
