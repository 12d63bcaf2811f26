package editor

import "context"

// Stretch is a part of a source, counted as a clip's In is.
type Stretch struct {
	From Time `json:"from"`
	To   Time `json:"to"`
}

// Length is how long the stretch is.
func (s Stretch) Length() Time { return s.To.Sub(s.From) }

// Listener measures how loud files are.
type Listener interface {
	// Levels are how loud a stream is, in dB below full scale, one value a
	// step, from one of its file's time stamps to before another. Where there
	// is no sound they are SilentLevel.
	Levels(ctx context.Context, m *Media, stream int, from, to, step Time) ([]float64, error)
}

// Watcher looks for pictures in which nothing happens.
type Watcher interface {
	// Frozen are the parts of a stream, between two of its file's time stamps,
	// in which the picture stands still or is black for least or longer; they
	// are time stamps too.
	Frozen(ctx context.Context, m *Media, stream int, from, to, least Time) ([]Stretch, error)
}

// SilentLevel is the level of no sound at all, in dB below full scale.
const SilentLevel = -100.0

// LevelStep is how long a value of the levels stands for that Listen gives.
var LevelStep = Rational(1, 50)

// Levels is how loud one of the voices in a clip is, from its In to its Out.
type Levels struct {
	Who Party     // in a recording
	DB  []float64 // below full scale, one value a LevelStep
}

// Listen measures what is heard in a clip.
func Listen(ctx context.Context, l Listener, c Clip, s Source) ([]Levels, error) {
	var all []Levels
	for _, v := range c.speakers(s) {
		db, err := l.Levels(ctx, v.media, v.stream.Index, v.origin.Add(c.In), v.origin.Add(c.Out), LevelStep)
		if err != nil {
			return nil, err
		}
		all = append(all, Levels{v.who, db})
	}
	return all, nil
}

// speaker is a stream that is heard in a clip.
type speaker struct {
	voice
	who Party
}

// speakers are the streams that are heard in a clip, whether or not they have
// anything to say in it.
func (c Clip) speakers(s Source) []speaker {
	if c.Stands() || c.Sound.Mute {
		return nil
	}
	var all []speaker
	if r := s.Recording; r != nil {
		for _, t := range r.Of(AudioStream) {
			if m := s.Tracks[t.ID]; m != nil {
				if a, ok := m.Audio(); ok {
					all = append(all, speaker{voice{m, a, Time{}}, t.Who})
				}
			}
		}
		return all
	}
	if s.Media == nil {
		return nil
	}
	for _, a := range s.Media.heard(c.Sound.Tracks) {
		all = append(all, speaker{voice: voice{s.Media, a, s.Media.Origin()}})
	}
	return all
}

// views are the pictures that are seen in a clip.
func (c Clip) views(s Source) []voice {
	var all []voice
	if r := s.Recording; r != nil {
		for _, t := range r.Of(VideoStream) {
			if m := s.Tracks[t.ID]; m != nil {
				if v, ok := m.Video(); ok {
					all = append(all, voice{m, v, Time{}})
				}
			}
		}
		return all
	}
	if s.Media == nil {
		return nil
	}
	if v, ok := s.Media.Video(); ok {
		all = append(all, voice{s.Media, v, s.Media.Origin()})
	}
	return all
}
