package record

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"time"
)

// host is what the tracks of a recording share: the folder, the clock, the
// manifest, and the way out for errors. Its methods may be called from any
// goroutine.
type host struct {
	dir    string
	start  time.Time // elapsed time zero, with a monotonic reading
	now    func() time.Time
	create func(path string) (file, error)
	failed func(error)

	mu       sync.Mutex
	manifest Manifest
	markers  []noteMarker
	errs     []error
}

func createFile(path string) (file, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
}

// elapsed is t on the recording's clock.
func (h *host) elapsed(t time.Time) time.Duration { return t.Sub(h.start) }

// began lists a new track in the manifest: screens after all others, for the
// first picture of a side stands for it where there is room for one.
func (h *host) began(t Track) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	at := slices.IndexFunc(h.manifest.Tracks, isScreen)
	if at < 0 || isScreen(t) {
		at = len(h.manifest.Tracks)
	}
	h.manifest.Tracks = slices.Insert(h.manifest.Tracks, at, t)
	return h.save()
}

// ended completes a track's entry in the manifest.
func (h *host) ended(t Track) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := range h.manifest.Tracks {
		if h.manifest.Tracks[i].ID == t.ID {
			h.manifest.Tracks[i] = t
		}
	}
	return h.save()
}

// save writes the manifest with a new clock anchor. The lock is held.
func (h *host) save() error {
	now := h.now()
	h.manifest.Clock = append(h.manifest.Clock, Anchor{Wall: now.Round(0), Elapsed: h.elapsed(now)})
	return h.manifest.save(h.dir)
}

// finish writes the manifest for the last time and returns everything that
// went wrong.
func (h *host) finish() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.manifest.Ended = h.now().Round(0)
	if err := h.save(); err != nil {
		h.errs = append(h.errs, err)
	}
	return errors.Join(h.errs...)
}

// fail reports that a track has stopped.
func (h *host) fail(t Track, err error) {
	err = h.sentence(t, err)
	h.mu.Lock()
	h.errs = append(h.errs, err)
	h.mu.Unlock()
	if h.failed != nil {
		h.failed(err)
	}
}

// sentence says which track stopped, why, and what to do.
func (h *host) sentence(t Track, err error) error {
	whose, what := "your", "picture"
	if t.Who == Them {
		whose = "their"
	}
	if t.Kind == Audio {
		what = "sound"
	}
	next := "the rest goes on; what was kept so far is in " + h.dir
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		next = "make room on the disk of " + filepath.Dir(h.dir) + " and record anew; what was kept so far is safe"
	}
	return fmt.Errorf("the recording of %s %s stopped: %w; %s", whose, what, cause(err), next)
}

// Bounds of markers.
const (
	maxMarkers = 10000
	maxLabel   = 200 // runes
)

func (h *host) mark(m noteMarker) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.markers) < maxMarkers {
		h.markers = append(h.markers, m)
	}
}

// markersFrom returns the markers after the first n.
func (h *host) markersFrom(n int) []noteMarker {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.markers[n:len(h.markers):len(h.markers)]
}
