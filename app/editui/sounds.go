package editui

import (
	"context"
	"fmt"
	"sync"

	"parley/editor"
)

// sounds finds out in the background how loud sources are, and keeps it. It is
// safe for concurrent use.
type sounds struct {
	peaks Peaks // nil: nothing is ever known
	pool  *pool
	ready func() // called from a worker when more is known

	mu   sync.Mutex
	kept map[heard]*editor.Waveform // nil while nothing is known
}

// heard is what is heard of a source.
type heard struct {
	path   string
	tracks string // of Sound.Tracks
}

func newSounds(l Peaks, p *pool, ready func()) *sounds {
	return &sounds{peaks: l, pool: p, ready: ready, kept: map[heard]*editor.Waveform{}}
}

// get returns what is known of a sound, and has it found out where nobody
// asked before.
func (s *sounds) get(source editor.Source, tracks []int) *editor.Waveform {
	if s.peaks == nil {
		return nil
	}
	key := heard{path: source.Path}
	if len(tracks) > 0 {
		key.tracks = fmt.Sprint(tracks)
	}
	s.mu.Lock()
	w, asked := s.kept[key]
	if !asked {
		s.kept[key] = nil
	}
	s.mu.Unlock()
	if !asked {
		s.pool.sound(job{
			run:  func(ctx context.Context) { s.listen(ctx, key, source, tracks) },
			drop: func() { s.forget(key) },
		})
	}
	return w
}

func (s *sounds) listen(ctx context.Context, key heard, source editor.Source, tracks []int) {
	w, err := s.peaks.Waveform(ctx, source, tracks, func(w *editor.Waveform) { s.keep(key, w) })
	switch {
	case ctx.Err() != nil:
		s.forget(key)
	case err != nil: // the clip is drawn without; what is wrong with it shows elsewhere
		s.keep(key, &editor.Waveform{})
	default:
		s.keep(key, w)
	}
}

func (s *sounds) keep(key heard, w *editor.Waveform) {
	s.mu.Lock()
	s.kept[key] = w
	s.mu.Unlock()
	s.ready()
}

func (s *sounds) forget(key heard) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.kept, key)
}

// forgetSource has a source listened to anew.
func (s *sounds) forgetSource(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key := range s.kept {
		if key.path == path {
			delete(s.kept, key)
		}
	}
}
