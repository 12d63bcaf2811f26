package video

import (
	"image"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"parley/app/hop"
	"parley/call"
)

// screen stands for Fyne's goroutine: it does what was handed over when a test
// says so, and paints.
type screen struct {
	mu   sync.Mutex
	work []func()
}

func (s *screen) post(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.work = append(s.work, f)
}

// turn runs what was handed over and then paints the tiles.
func (s *screen) turn(tiles ...*Tile) {
	s.mu.Lock()
	work := s.work
	s.work = nil
	s.mu.Unlock()
	for _, f := range work {
		f()
	}
	for _, t := range tiles {
		t.hook.Generator(1, 1)
	}
}

func (s *screen) waiting() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.work)
}

// pair is a clock on two tiles, in a bubble.
type pair struct {
	screen
	leads, others *call.Slot
	lead, other   *Tile
	clock         *Clock
	shown         []time.Time // capture times
}

// bubble runs f with a pair in a synctest bubble.
func bubble(t *testing.T, f func(p *pair)) {
	test.NewTempApp(t)
	synctest.Test(t, func(t *testing.T) {
		p := &pair{leads: call.NewSlot(), others: call.NewSlot()}
		defer hop.Replace(p.post)()
		p.lead = NewTile(p.leads, canvas.ImageFillContain, func(pic *call.Picture) { p.shown = append(p.shown, pic.At) })
		p.other = NewTile(p.others, canvas.ImageFillCover, nil)
		p.clock = NewClock(nil, p.lead, p.other)
		synctest.Wait()
		f(p)
		if err := p.clock.Close(); err != nil {
			t.Error(err)
		}
	})
}

func put(s *call.Slot, luma byte) time.Time {
	p := s.Writable()
	p.Resize(32, 18)
	p.Blacken()
	for i := range p.Y {
		p.Y[i] = luma
	}
	p.At = time.Now()
	at := p.At
	s.Put()
	return at
}

func (p *pair) brightness(t *Tile) uint8 {
	return t.image.Image.(*image.RGBA).RGBAAt(0, 0).R
}

func TestAPictureComesToTheScreenAndIsReported(t *testing.T) {
	bubble(t, func(p *pair) {
		at := put(p.leads, 235)
		synctest.Wait()
		if len(p.shown) != 0 {
			t.Fatal("reported before it was painted")
		}
		p.turn(p.lead)
		synctest.Wait()
		if got := p.brightness(p.lead); got != 255 {
			t.Errorf("brightness %d on the screen, want 255", got)
		}
		if len(p.shown) != 1 || !p.shown[0].Equal(at) {
			t.Errorf("reported %v, want the picture of %v", p.shown, at)
		}
	})
}

func TestAStuckWindowGetsTheNewestPicture(t *testing.T) {
	bubble(t, func(p *pair) {
		for luma := byte(50); luma < 60; luma++ {
			put(p.leads, luma)
			time.Sleep(33 * time.Millisecond)
			synctest.Wait()
		}
		newest := put(p.leads, 235)
		synctest.Wait()
		if n := p.waiting(); n != 1 {
			t.Fatalf("%d hops are outstanding, want 1", n)
		}
		p.turn(p.lead) // the first picture
		synctest.Wait()
		time.Sleep(leastGap)
		synctest.Wait()
		p.turn(p.lead)
		synctest.Wait()
		if got := p.shown[len(p.shown)-1]; len(p.shown) != 2 || !got.Equal(newest) {
			t.Errorf("%d pictures shown, the last of %v, want 2 and %v", len(p.shown), got, newest)
		}
	})
}

func TestTheOtherTileComesAlongWithTheLead(t *testing.T) {
	bubble(t, func(p *pair) {
		put(p.leads, 100)
		synctest.Wait()
		p.turn(p.lead)
		time.Sleep(leastGap + 5*time.Millisecond)
		put(p.others, 235)
		synctest.Wait()
		if p.waiting() != 0 {
			t.Fatal("the other tile has the window painted for itself")
		}
		time.Sleep(8 * time.Millisecond)
		put(p.leads, 101)
		synctest.Wait()
		p.turn(p.lead, p.other)
		if got := p.brightness(p.other); got != 255 {
			t.Errorf("brightness %d in the other tile, want 255", got)
		}
	})
}

func TestTheOtherTileGoesOnWithoutTheLead(t *testing.T) {
	bubble(t, func(p *pair) {
		put(p.others, 235)
		synctest.Wait()
		p.turn(p.other)
		if got := p.brightness(p.other); got != 255 {
			t.Errorf("brightness %d in the other tile, want 255", got)
		}
	})
}

func TestAHiddenTileDropsItsPictures(t *testing.T) {
	bubble(t, func(p *pair) {
		p.lead.Hide()
		put(p.leads, 200)
		synctest.Wait()
		time.Sleep(time.Second)
		p.turn(p.lead)
		p.lead.Show()
		time.Sleep(time.Second)
		synctest.Wait()
		p.turn(p.lead)
		synctest.Wait()
		if len(p.shown) != 0 {
			t.Error("a picture from before it was shown came to the screen")
		}
		at := put(p.leads, 235)
		time.Sleep(leastGap)
		synctest.Wait()
		p.turn(p.lead)
		synctest.Wait()
		if len(p.shown) != 1 || !p.shown[0].Equal(at) {
			t.Errorf("reported %v, want the picture of %v", p.shown, at)
		}
	})
}

func TestWhatIsNeverPaintedDoesNotStopTheClock(t *testing.T) {
	bubble(t, func(p *pair) {
		put(p.leads, 100)
		synctest.Wait()
		p.turn() // swapped, and the window's tab is hidden
		time.Sleep(2 * paintPatience)
		put(p.leads, 101)
		synctest.Wait()
		if p.waiting() != 1 {
			t.Error("the clock waits for a paint that does not come")
		}
		if len(p.shown) != 0 {
			t.Error("a picture that was not painted was reported")
		}
	})
}

func TestASmallTileIsConvertedToHalf(t *testing.T) {
	bubble(t, func(p *pair) {
		p.other.Resize(fyne.NewSize(16, 9))
		put(p.others, 100)
		synctest.Wait()
		p.turn(p.other)
		if got := p.other.image.Image.Bounds().Dx(); got != 16 {
			t.Errorf("a tile of 16 pixels has a picture of %d, want 16", got)
		}
	})
}

func TestCloseWithAStuckWindow(t *testing.T) {
	bubble(t, func(p *pair) {
		put(p.leads, 100)
		synctest.Wait() // Close follows while the swap is outstanding
	})
}

func TestShowingAPictureDoesNotAllocate(t *testing.T) {
	test.NewTempApp(t)
	defer hop.Replace(func(f func()) { f() })()
	slot := call.NewSlot()
	tile := NewTile(slot, canvas.ImageFillContain, func(*call.Picture) {})
	frame := func() {
		put(slot, 100)
		if tile.prepare() {
			tile.front = 1 - tile.front
			tile.report()
		}
	}
	for range 4 {
		frame()
	}
	if n := testing.AllocsPerRun(50, frame); n != 0 {
		t.Errorf("%.1f allocations a picture, want none", n)
	}
}

func TestTilesScaleOnTheGraphicsCard(t *testing.T) {
	test.NewTempApp(t)
	tile := NewTile(call.NewSlot(), canvas.ImageFillContain, nil)
	if tile.image.ScaleMode != canvas.ImageScaleFastest {
		t.Error("any other scale mode scales each picture on the CPU")
	}
	if _, ok := tile.image.Image.(*image.RGBA); !ok {
		t.Error("only *image.RGBA is uploaded as it is")
	}
}

func TestBarsFillWhatThePictureLeavesFree(t *testing.T) {
	for _, c := range []struct {
		size          fyne.Size
		shape         float32
		first, second area
	}{
		{fyne.NewSize(400, 100), 2, area{fyne.NewPos(0, 0), fyne.NewSize(100, 100)}, area{fyne.NewPos(300, 0), fyne.NewSize(100, 100)}},
		{fyne.NewSize(200, 200), 2, area{fyne.NewPos(0, 0), fyne.NewSize(200, 50)}, area{fyne.NewPos(0, 150), fyne.NewSize(200, 50)}},
		{fyne.NewSize(200, 100), 2, area{fyne.NewPos(0, 0), fyne.NewSize(200, 0)}, area{fyne.NewPos(0, 100), fyne.NewSize(200, 0)}},
		{fyne.Size{}, 2, area{}, area{}},
	} {
		if first, second := margins(c.size, c.shape); first != c.first || second != c.second {
			t.Errorf("%v shape %v: %v and %v, want %v and %v", c.size, c.shape, first, second, c.first, c.second)
		}
	}
}
