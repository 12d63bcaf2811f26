package record

import (
	"math/rand/v2"
	"testing"
	"time"
)

// sender is the other side: two RTP clocks, a wall clock, and a network.
type sender struct {
	rng          *rand.Rand
	clock        *remoteClock
	start        time.Duration // elapsed time, here, of its capture time 0
	delay        time.Duration
	jitter       time.Duration
	videoRTP     uint32
	audioRTP     uint32
	skipInterval time.Duration
}

func (s *sender) rtp(video bool, at time.Duration) uint32 {
	if video {
		return s.videoRTP + uint32(int64(at)*9/100000)
	}
	return s.audioRTP + uint32(int64(at)*48/1000000)
}

func (s *sender) arrival(at time.Duration) time.Duration {
	return s.start + at + s.delay + time.Duration(s.rng.Int64N(int64(s.jitter)+1))
}

// send gives a packet captured at the sender's time at, late more than usual.
func (s *sender) send(video bool, at, late time.Duration) time.Duration {
	when, _ := s.clock.arrive(video, s.rtp(video, at), s.arrival(at)+late)
	return s.clock.place(video, when)
}

func (s *sender) report(video bool, at time.Duration) {
	s.clock.report(video, 0xE0000000_00000000+ntp(at), s.rtp(video, at))
}

func ntp(d time.Duration) uint64 {
	return uint64(d/time.Second)<<32 | uint64(d%time.Second)<<32/uint64(time.Second)
}

func newSender(delay, jitter time.Duration) *sender {
	return &sender{
		rng: rand.New(rand.NewPCG(1, 2)), clock: newRemoteClock(), start: 3 * time.Second,
		delay: delay, jitter: jitter, videoRTP: 0xFFFFF000, audioRTP: 77,
	}
}

// The picture comes 120 ms later than the sound, every frame of it; only the
// reports tell that they belong together.
func TestClockSyncsTracksByReports(t *testing.T) {
	s := newSender(40*time.Millisecond, 25*time.Millisecond)
	var lastVideo, lastAudio, video, audio time.Duration
	for at := time.Duration(0); at < 30*time.Second; at += 20 * time.Millisecond {
		if at%time.Second == 500*time.Millisecond {
			s.report(true, at)
			s.report(false, at)
		}
		audio = s.send(false, at, 0)
		video = s.send(true, at, 120*time.Millisecond)
		if at > 0 {
			checkStep(t, "audio", at, audio-lastAudio, 20*time.Millisecond, 0.11)
			checkStep(t, "video", at, video-lastVideo, 20*time.Millisecond, 0.26)
		}
		lastVideo, lastAudio = video, audio
		if d := (video - audio).Abs(); at > 3*time.Second && d > 5*time.Millisecond {
			t.Fatalf("at %v the tracks are %v apart", at, d)
		}
		if d := (audio - s.start - at - s.delay).Abs(); at > 3*time.Second && d > 10*time.Millisecond {
			t.Fatalf("at %v the sound is placed %v off its arrival", at, d)
		}
	}
}

func checkStep(t *testing.T, what string, at, step, nominal time.Duration, share float64) {
	t.Helper()
	if limit := time.Duration(float64(nominal) * share); (step - nominal).Abs() > limit {
		t.Fatalf("%s at %v: a step of %v for %v", what, at, step, nominal)
	}
}

func TestClockWithoutReportsUsesTheQuickestPacket(t *testing.T) {
	s := newSender(30*time.Millisecond, 60*time.Millisecond)
	s.send(true, 0, 250*time.Millisecond) // a key frame that took its time
	for at := 33 * time.Millisecond; at < 10*time.Second; at += 33 * time.Millisecond {
		placed := s.send(true, at, 0)
		if d := (placed - s.start - at - s.delay).Abs(); at > 3*time.Second && d > 15*time.Millisecond {
			t.Fatalf("at %v a frame is placed %v off", at, d)
		}
	}
}

func TestClockFollowsDrift(t *testing.T) {
	s := newSender(30*time.Millisecond, 20*time.Millisecond)
	const ppm = 145
	for at := time.Duration(0); at < 44*time.Minute; at += 20 * time.Millisecond {
		drift := at * ppm / 1000000
		placed := s.send(false, at, drift)
		if d := (placed - s.start - at - s.delay - drift).Abs(); at > 3*time.Second && d > 10*time.Millisecond {
			t.Fatalf("at %v placed %v off", at, d)
		}
	}
}

// A sender that was silent for 10 s without counting them goes on in its place.
func TestClockBeginsAnewAfterAPause(t *testing.T) {
	for name, jump := range map[string]uint32{"paused": 0, "backwards": 0x80000000, "forwards": 48000 * 3600} {
		t.Run(name, func(t *testing.T) {
			s := newSender(30*time.Millisecond, 0)
			s.send(false, 0, 0)
			s.report(false, 0)
			when, origin := s.clock.arrive(false, s.rtp(false, 20*time.Millisecond)+jump, 14*time.Second)
			if placed := s.clock.place(false, when); !origin || placed != 14*time.Second {
				t.Errorf("placed at %v, a new origin: %v", placed, origin)
			}
		})
	}
}

func TestClockIgnoresReportsThatContradictArrival(t *testing.T) {
	s := newSender(30*time.Millisecond, 0)
	for at := time.Duration(0); at < 10*time.Second; at += 20 * time.Millisecond {
		if at%time.Second == 0 {
			s.clock.report(true, 1<<63, s.rtp(true, at))
			s.clock.report(false, ntp(at), s.rtp(false, at))
		}
		for _, video := range []bool{false, true} {
			if d := (s.send(video, at, 0) - s.start - at - s.delay).Abs(); d > time.Millisecond {
				t.Fatalf("at %v placed %v off", at, d)
			}
		}
	}
}

func FuzzRemoteClock(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
	f.Add([]byte{3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		c := newRemoteClock()
		var now time.Duration
		for ; len(data) >= 13; data = data[13:] {
			video := data[0]&1 == 1
			rtp := uint32(bigEndian(data[1:5]))
			if data[0]&2 != 0 {
				c.report(video, bigEndian(data[5:13]), rtp)
				continue
			}
			now += time.Duration(data[5]) * 10 * time.Millisecond
			when, _ := c.arrive(video, rtp, now)
			at := c.place(video, when)
			if d := at - now; d < -2*breakOver || d > 2*breakOver {
				t.Fatalf("arrived at %v, placed at %v", now, at)
			}
		}
	})
}
