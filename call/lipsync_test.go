package call

import (
	"testing"
	"testing/synctest"
	"time"
)

// lips is a sender of picture and sound, and what becomes of them here, in
// virtual time. RTP clocks wrap on the way.
type lips struct {
	sync      *lipSync
	now       time.Time
	picture   time.Duration // from capture to decoded
	sound     time.Duration // from capture to played, without what is asked for here
	followed  time.Duration // of what was asked for, so much sound waits
	reports   bool
	wrong     time.Duration // what reports of sound are off
	burst     int           // blocks of sound at a time
	muted     bool
	waited    time.Duration // the longest that a picture waited
	least     time.Duration // of how late pictures were shown,
	most      time.Duration
	beginning time.Time
}

func newLips() *lips {
	now := time.Unix(1_800_000_000, 0)
	return &lips{sync: newLipSync(), now: now, beginning: now, reports: true, burst: 1}
}

func (l *lips) rtp(rate int64, captured time.Time) uint32 {
	return uint32(int64(captured.Sub(l.beginning))/1000*(rate/1000)/1000 - 5*rate)
}

func ntp(d time.Duration) uint64 {
	return uint64(d/time.Second)<<32 | uint64(d%time.Second)<<32/uint64(time.Second)
}

// report tells both clocks; theirs is 1 h and a bit behind ours.
func (l *lips) report() {
	theirs := 3_900_000_000*time.Second + l.now.Sub(l.beginning) - 3601*time.Second
	l.sync.report(SenderReport{Video: true, NTP: ntp(theirs), RTPTime: l.rtp(videoClockRate, l.now)})
	l.sync.report(SenderReport{NTP: ntp(theirs + l.wrong), RTPTime: l.rtp(SampleRate, l.now)})
}

// run goes on for a time and notes how late pictures are shown.
func (l *lips) run(length time.Duration) {
	l.waited, l.least, l.most = 0, time.Hour, -time.Hour
	for tick := range int(length / (10 * time.Millisecond)) {
		if l.reports && tick%100 == 0 {
			l.report()
		}
		if tick%l.burst == 0 && !l.muted {
			for i := range l.burst {
				ago := l.sound + l.followed - time.Duration(i)*10*time.Millisecond
				l.sync.played(l.rtp(SampleRate, l.now.Add(-ago)), l.now)
			}
		}
		if tick%3 == 0 {
			l.show()
		}
		l.followed += min(max(l.sync.wait()-l.followed, -200*time.Microsecond), 200*time.Microsecond) // 2 %
		l.now = l.now.Add(10 * time.Millisecond)
	}
}

func (l *lips) show() {
	captured := l.now.Add(-l.picture)
	due := l.sync.due(l.rtp(videoClockRate, captured), l.now)
	l.waited = max(l.waited, due.Sub(l.now))
	skew := due.Sub(captured) - l.sound - l.followed
	l.least, l.most = min(l.least, skew), max(l.most, skew)
}

func TestLipsAndVoiceStayTogether(t *testing.T) {
	const ms = time.Millisecond
	for name, test := range map[string]struct {
		picture, sound time.Duration
		change         func(*lips)
		least, most    time.Duration // of how late pictures are shown
		waits          time.Duration // pictures, at most
		asked          time.Duration // of sound, at most
	}{
		"alike":                   {40 * ms, 40 * ms, nil, 0, 0, 0, 0},
		"a little early":          {20 * ms, 48 * ms, nil, -29 * ms, -27 * ms, 0, 0},
		"early":                   {20 * ms, 140 * ms, nil, -31 * ms, -29 * ms, 91 * ms, 0},
		"early, sound in bursts":  {20 * ms, 140 * ms, func(l *lips) { l.burst = 4 }, -46 * ms, -14 * ms, 120 * ms, 0},
		"early on a bad path":     {60 * ms, 420 * ms, nil, -31 * ms, -29 * ms, 331 * ms, 0},
		"too early to wait":       {20 * ms, 900 * ms, nil, -481 * ms, -479 * ms, 401 * ms, 0},
		"a little late":           {80 * ms, 45 * ms, nil, 34 * ms, 36 * ms, 0, 0},
		"late":                    {160 * ms, 50 * ms, nil, 20 * ms, 45 * ms, 0, 80 * ms},
		"too late for sound":      {500 * ms, 50 * ms, nil, 295 * ms, 305 * ms, 0, 150 * ms},
		"no reports":              {20 * ms, 140 * ms, func(l *lips) { l.reports = false }, -121 * ms, -119 * ms, 0, 0},
		"reports of other clocks": {20 * ms, 140 * ms, func(l *lips) { l.wrong = time.Hour }, -121 * ms, -119 * ms, 0, 0},
		"silence":                 {20 * ms, 140 * ms, func(l *lips) { l.muted = true }, -121 * ms, -119 * ms, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLips()
			l.picture, l.sound = test.picture, test.sound
			if test.change != nil {
				test.change(l)
			}
			l.run(time.Minute)
			l.run(time.Minute)
			if l.least < test.least || l.most > test.most {
				t.Errorf("pictures are shown %v to %v late, want %v to %v", l.least, l.most, test.least, test.most)
			}
			if asked := l.sync.wait(); l.waited > test.waits || asked > test.asked || asked < test.asked/2 {
				t.Errorf("pictures wait %v, sound %v; want up to %v and %v", l.waited, asked, test.waits, test.asked)
			}
			if skew, ok := l.sync.skew(); ok && (skew < l.least-16*ms || skew > l.most+16*ms) {
				t.Errorf("told as %v", skew)
			}
		})
	}
}

// Sound that waited for late pictures no longer does when they come in time.
func TestSoundStopsWaiting(t *testing.T) {
	l := newLips()
	l.picture, l.sound = 200*time.Millisecond, 50*time.Millisecond
	l.run(time.Minute)
	if l.sync.wait() < 90*time.Millisecond {
		t.Fatalf("sound waits %v", l.sync.wait())
	}
	l.picture = 50 * time.Millisecond
	l.run(time.Minute)
	if l.sync.wait() > 40*time.Millisecond || l.most > 45*time.Millisecond || l.least < -45*time.Millisecond {
		t.Errorf("sound still waits %v; pictures %v to %v late", l.sync.wait(), l.least, l.most)
	}
}

// A new track's clock is another one.
func TestLipSyncBeginsAnew(t *testing.T) {
	l := newLips()
	l.picture, l.sound = 20*time.Millisecond, 140*time.Millisecond
	l.run(10 * time.Second)
	l.sync.begin(false)
	l.reports = false
	l.run(10 * time.Second)
	if l.waited != 0 {
		t.Errorf("pictures wait %v by reports of a track that is gone", l.waited)
	}
}

// hold has a hold show grey levels at given times after now.
func hold(h *pictureHold, grey byte, after time.Duration) {
	pic := h.writable()
	pic.Resize(16, 16)
	pic.Y[0] = grey
	h.put(time.Now().Add(after), time.Now())
}

func TestHeldPicturesAreShownInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slot := NewSlot()
		h := newPictureHold(slot)
		var shown []byte
		var at []time.Duration
		began := time.Now()
		slot.OnPut(func() {
			pic, _ := slot.Take()
			shown, at = append(shown, pic.Y[0]), append(at, time.Since(began))
		})
		hold(h, 1, 0)
		hold(h, 2, 50*time.Millisecond)
		hold(h, 3, 20*time.Millisecond) // not before 2
		time.Sleep(time.Second)
		synctest.Wait()
		hold(h, 4, -time.Second)
		want := []time.Duration{0, 50 * time.Millisecond, 50 * time.Millisecond, time.Second}
		if string(shown) != "\x01\x02\x03\x04" || len(at) != 4 || at[1] != want[1] || at[2] != want[2] || at[0] != 0 {
			t.Errorf("%v at %v, want %v", shown, at, want)
		}
		hold(h, 5, 10*time.Millisecond)
		h.close()
		time.Sleep(time.Second)
		synctest.Wait()
		if len(shown) != 4 {
			t.Error("shown after the end")
		}
	})
}

// It never grows, and after the first pictures nothing is allocated.
func TestHoldIsBounded(t *testing.T) {
	slot := NewSlot()
	n := 0
	slot.OnPut(func() { n++; slot.Take() })
	h := newPictureHold(slot)
	defer h.close()
	for range 20 {
		hold(h, 1, time.Hour)
	}
	if n != 20-mostHeld || len(h.held) != mostHeld {
		t.Errorf("%d shown, %d held", n, len(h.held))
	}
	if allocs := testing.AllocsPerRun(100, func() { hold(h, 1, time.Hour) }); allocs != 0 {
		t.Errorf("%v allocations a picture", allocs)
	}
}

func TestLipSpread(t *testing.T) {
	var l lipSpread
	l.pip(time.Second, 1) // before any picture
	if l.summary() != nil {
		t.Error("measured without a picture")
	}
	for i := range 100 {
		l.picture(40 * time.Millisecond)
		l.pip(60*time.Millisecond, i/2+1) // each pip told twice
	}
	if got := l.summary(); got == nil || got.P50 != -20*time.Millisecond || got.P95 != 20*time.Millisecond || got.Count != 50 {
		t.Errorf("%+v", got)
	}
}
