package record

import (
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

// talk is a call being recorded inside a synctest bubble: it feeds all four
// tracks for a while, in step with the bubble's clock.
type talk struct {
	rec     call.Recorder
	started time.Time
	size    func(n int) (width, height int) // of my n-th picture; nil: none
	click   time.Duration                   // when the microphone hears a click
	deaf    func(at time.Duration) bool     // no block of sound ends at that time; nil: never
	units   [][]byte                        // theirs
	lost    int                             // the frame before which 3 packets were lost
	codec   string
	packets [][]byte
	late    func(video bool) time.Duration // of what comes from them; nil: never
	each    func(at time.Duration)
}

// frameTime is when the n-th picture of 30 a second is captured.
func frameTime(n int) time.Duration { return time.Duration(n) * time.Second / 30 }

// run feeds the recorder. Sound comes every 10 ms, pictures 30 times a second.
func (k *talk) run(length time.Duration) {
	pic := call.NewPicture(16, 16)
	block := make([]int16, call.BlockSamples)
	frames, packets := 0, 0
	for at := 10 * time.Millisecond; at <= length; at += 10 * time.Millisecond {
		<-time.After(time.Until(k.started.Add(at)))
		if k.deaf == nil || !k.deaf(at) {
			k.rec.LocalSound(k.sound(block, at), k.started.Add(at))
		}
		for ; frameTime(frames) < at; frames++ {
			k.picture(pic, frames)
			k.frame(frames)
		}
		for ; time.Duration(packets)*20*time.Millisecond < at && packets < len(k.packets); packets++ {
			k.packet(packets)
		}
		if k.each != nil {
			k.each(at)
		}
	}
}

// sound fills a block that ends at the time at.
func (k *talk) sound(block []int16, at time.Duration) []int16 {
	clear(block)
	for i := range block {
		when := at - 10*time.Millisecond + samplesSpan(int64(i))
		if k.click > 0 && when >= k.click && when < k.click+5*time.Millisecond {
			block[i] = 20000
		}
	}
	return block
}

func (k *talk) picture(pic *call.Picture, n int) {
	if k.size == nil {
		return
	}
	pic.Resize(k.size(n))
	pic.At = k.started.Add(frameTime(n))
	k.rec.LocalPicture(pic)
}

func (k *talk) frame(n int) {
	if n < len(k.units) {
		f := call.EncodedFrame{Unit: k.units[n], At: k.arrival(true, frameTime(n)), RTPTime: uint32(n * 3000)}
		if k.lost > 0 && k.lost == n {
			f.Lost = 3
		}
		k.rec.RemoteFrame(k.codec, f)
	}
}

func (k *talk) packet(n int) {
	at := time.Duration(n) * 20 * time.Millisecond
	k.rec.RemotePacket(call.AudioPacket{
		Payload: k.packets[n], At: k.arrival(false, at),
		Sequence: uint16(65500 + n), RTPTime: uint32(n * 960),
	})
}

func (k *talk) arrival(video bool, at time.Duration) time.Time {
	if k.late != nil {
		at += k.late(video)
	}
	return k.started.Add(at)
}

// report sends the sender reports of both tracks.
func (k *talk) report(at time.Duration) {
	for _, r := range []call.SenderReport{
		{Video: true, RTPTime: uint32(at * 9 / 100000)}, {RTPTime: uint32(at * 48 / 1000000)},
	} {
		r.NTP, r.Arrived = 0xE0000000_00000000+ntp(at), k.started.Add(at)
		k.rec.SenderReport(r)
	}
}

// keep records a talk of the given length and returns the recording's folder.
func keep(t *testing.T, codec call.VideoCodec, length time.Duration, k *talk) string {
	t.Helper()
	root := t.TempDir()
	var dir string
	synctest.Test(t, func(t *testing.T) {
		k.started = time.Now()
		rec, err := New(Options{Root: root, Video: codec}).Open(call.RecordingInfo{
			Me: "Ann", Them: "Bob", Session: "s1", Started: k.started,
		})
		if err != nil {
			t.Fatal(err)
		}
		k.rec, dir = rec, rec.Dir()
		k.run(length)
		if err := rec.Close(); err != nil {
			t.Fatal(err)
		}
	})
	return dir
}
