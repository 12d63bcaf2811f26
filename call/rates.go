package call

import "sync"

// The camera's part of the pictures' rate while a screen is shared, in which it
// is a small picture beside it.
const (
	cameraShare = 0.3
	cameraMost  = 450_000 // bit/s: 640x360, see rungs
)

// shareRate divides the bit/s of all pictures between a shared screen and the
// camera.
func shareRate(total int, sharing bool) (camera, screen int) {
	if !sharing {
		return total, 0
	}
	camera = min(int(cameraShare*float64(total)), cameraMost)
	return camera, total - camera
}

// rates gives the pictures' rate to the senders.
type rates struct {
	camera, screen *videoSender

	mu      sync.Mutex
	total   int
	sharing bool
}

func (r *rates) set(total int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.total = total
	r.apply()
}

func (r *rates) share(on bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sharing = on
	r.apply()
}

func (r *rates) apply() {
	camera, screen := shareRate(r.total, r.sharing)
	r.camera.setRate(camera)
	if r.sharing { // else the last picture leaves at the rate before
		r.screen.setRate(screen)
	}
}
