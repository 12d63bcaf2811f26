package editor

import "fmt"

// Subtitles is what becomes of the film's subtitles.
type Subtitles string

// What can become of them; the empty one is SubtitleTrack.
const (
	SubtitleTrack Subtitles = "track" // a track that a player can show
	SubtitleBurnt Subtitles = "burnt" // part of the picture
	SubtitleNone  Subtitles = "none"
)

// Master is what is done to the film as a whole. The zero Master leaves its
// sound as loud as it is.
type Master struct {
	Loudness  float64   `json:"loudness,omitempty"` // LUFS, one of Loudnesses; 0: as it is
	Subtitles Subtitles `json:"subtitles,omitempty"`

	Extra Extra `json:"-"`
}

// Loudnesses are the loudnesses that a film can be brought to, in LUFS: for
// speech on the web, for broadcast (EBU R 128), for music services.
func Loudnesses() []float64 { return []float64{-16, -23, -14} }

// Master is what is done to the film as a whole.
func (t Timeline) Master() Master { return t.master }

// WithMaster changes what is done to the film as a whole.
func (t Timeline) WithMaster(m Master) (Timeline, error) {
	if err := m.check(); err != nil {
		return t, err
	}
	t.master = m
	return t, nil
}

func (m Master) check() error {
	if m.Loudness != 0 && !(m.Loudness >= -40 && m.Loudness <= -8) {
		return fmt.Errorf("%w: a loudness of %g LUFS; choose -16, -23 or -14", ErrOutput, m.Loudness)
	}
	switch m.Subtitles {
	case "", SubtitleTrack, SubtitleBurnt, SubtitleNone:
		return nil
	}
	return fmt.Errorf("%w: subtitles as %q are not known to this version", ErrOutput, m.Subtitles)
}
