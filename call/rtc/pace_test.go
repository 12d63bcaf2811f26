package rtc_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/pion/transport/v5/vnet"

	"parley/call"
)

// courier is a talker that sends files as well.
type courier struct {
	*talker
	*call.Talk
	files *memory
}

func newCourier() *courier {
	files := newMemory()
	return &courier{newTalker(), call.NewTalk(files, quiet), files}
}

// A file takes what the picture leaves, and leaves the picture what it had.
func TestAFileDoesNotHoldThePictureUp(t *testing.T) {
	for _, c := range []struct {
		name  string
		bps   int
		least float64 // of the picture that is left
		file  int64   // bytes in 90 s, at least
	}{{"room for both", 8_000_000, 0.9, 18_000_000}, {"room for the picture alone", 1_500_000, 0.75, 450_000}} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ann, bob := newCourier(), newCourier()
				ann.files.sent["a"] = 1 << 40
				bob.Files.KeepIn("x")
				joined(t, c.bps, ann, bob, ann.talker, bob.talker, func(t *testing.T, _ *vnet.TBFQueue) {
					time.Sleep(10 * time.Second)
					bob.got()
					bob.slowest()
					time.Sleep(20 * time.Second)
					alone, _ := bob.got()
					way := bob.slowest()
					if _, err := ann.Files.Offer("a"); err != nil {
						t.Fatal(err)
					}
					time.Sleep(10 * time.Second)
					bob.got()
					bob.slowest()
					before := bob.Files.List()[0].Done
					time.Sleep(90 * time.Second) // its transport finds its rate anew from time to time
					with, frames := bob.got()
					file := bob.Files.List()[0].Done - before
					wayWith := bob.slowest()
					t.Logf("picture %d kbit/s alone, %d beside a file of %d kbit/s; sound's way p95 %v, then %v; %d frames",
						alone*8/20_000, with*8/90_000, file*8/90_000, way, wayWith, frames)
					if float64(with)/90 < c.least*float64(alone)/20 || file < c.file || wayWith > way+40*time.Millisecond || frames < 2400 {
						t.Error("out of bounds")
					}
				})
				if err := ann.Talk.Close(); err != nil {
					t.Error(err)
				}
				if err := bob.Talk.Close(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}
