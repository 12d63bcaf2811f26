package rtc_test

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

// reported is media that keeps what it is told of the other side's clocks, and
// the newest RTP times.
type reported struct {
	*talker
	mu  sync.Mutex
	all []call.SenderReport
}

func (r *reported) SenderReport(s call.SenderReport) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all = append(r.all, s)
}

// late is media that sends pictures 40 ms after their capture.
type late struct{ *talker }

func (l late) SendVideo(out call.VideoOut) {
	if out == nil {
		return
	}
	l.every(time.Second/25, func() error {
		return out.WriteFrame(call.EncodedFrame{Unit: []byte{0, 1}, Key: true, At: time.Now().Add(-40 * time.Millisecond)})
	})
}

// firsts hears when the first picture and the first packet of sound came, and
// their RTP times.
type firsts struct {
	reported
	picture, sound chan uint32
}

func (f *firsts) ReceiveVideo(in call.VideoIn) {
	for {
		frame, err := in.ReadFrame()
		if err != nil {
			return
		}
		offer(f.picture, frame.RTPTime)
	}
}

func (f *firsts) ReceiveAudio(in call.AudioIn) {
	for {
		p, err := in.ReadPacket()
		if err != nil {
			return
		}
		offer(f.sound, p.RTPTime)
	}
}

func offer(to chan uint32, v uint32) {
	select {
	case <-to:
	default:
	}
	to <- v
}

// A report says when a picture was captured and when a packet of sound began,
// not when they were sent.
func TestReportsTellWhenThingsHappened(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, 0, quiet)
		defer done()
		ann, bob := late{talker: newTalker()}, &firsts{reported: reported{talker: newTalker()}, picture: make(chan uint32, 1), sound: make(chan uint32, 1)}
		annPeer := newSide(t, l.wan, "10.0.0.3", nil, ann)
		bobPeer := newSide(t, l.wan, "10.0.0.4", nil, bob)
		agree(t, annPeer, bobPeer)
		time.Sleep(10*time.Second + 3*time.Millisecond)
		synctest.Wait()
		// On one clock and a path that takes no time, the newest picture was
		// sent within 40 ms and captured 40 ms before; sound's newest packet
		// began 20 to 40 ms ago.
		now := ntpNow()
		bob.mu.Lock()
		var video, sound *call.SenderReport
		for i := range bob.all {
			if bob.all[i].Video {
				video = &bob.all[i]
			} else {
				sound = &bob.all[i]
			}
		}
		bob.mu.Unlock()
		if video == nil || sound == nil {
			t.Fatal("no reports")
		}
		picture := age(*video, <-bob.picture, 90000, now)
		packet := age(*sound, <-bob.sound, 48000, now)
		t.Logf("the newest picture is %v old, the newest sound %v", picture, packet)
		if picture < 40*time.Millisecond || picture > 82*time.Millisecond {
			t.Errorf("by its report the newest picture is %v old", picture)
		}
		if packet < 20*time.Millisecond || packet > 42*time.Millisecond {
			t.Errorf("by its report the newest packet of sound is %v old", packet)
		}
		must(t, annPeer.Close())
		must(t, bobPeer.Close())
		ann.close()
		bob.close()
	})
}

// ntpNow is the time as reports tell it.
func ntpNow() float64 {
	return float64(time.Now().UnixNano())/1e9 + 2208988800
}

// age is how long ago something happened at an RTP time, by a report.
func age(s call.SenderReport, rtp uint32, rate float64, now float64) time.Duration {
	reported := float64(s.NTP>>32) + float64(s.NTP&0xffffffff)/(1<<32)
	at := reported + float64(int32(rtp-s.RTPTime))/rate
	return time.Duration((now - at) * float64(time.Second))
}
