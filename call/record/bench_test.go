package record

import (
	"testing"
	"time"

	"parley/call"
)

// idle is a recording in dir without its goroutines.
func idle(dir string) *Recording {
	h := &host{dir: dir, start: time.Now(), now: time.Now, create: createFile}
	clock := newRemoteClock()
	return &Recording{
		host: h, clock: clock, meVideo: newMeVideo(h, &playedCodec{name: VP8}, masterRate, meVideoID),
		meAudio: newMeAudio(h), themVideo: newThemVideo(h, clock, themVideoID), themAudio: newThemAudio(h, clock),
	}
}

// handovers are the calls of a recorder, each with the worker's end of it.
func handovers(dir string) map[string]func() {
	r := idle(dir)
	pic := call.NewPicture(1280, 720)
	pic.At = time.Now()
	block := make([]int16, call.BlockSamples)
	frame := call.EncodedFrame{Unit: make([]byte, 20000), At: pic.At}
	packet := call.AudioPacket{Payload: make([]byte, 100), At: pic.At}
	return map[string]func(){
		"LocalPicture": func() { r.LocalPicture(pic); r.meVideo.in.take(&r.meVideo.pic) },
		"LocalSound":   func() { r.LocalSound(block, pic.At); r.meAudio.in.take(&r.meAudio.block) },
		"RemoteFrame":  func() { r.RemoteFrame(VP8, frame); r.themVideo.in.take(&r.themVideo.pkt) },
		"RemotePacket": func() { r.RemotePacket(packet); r.themAudio.in.take(&r.themAudio.pkt) },
	}
}

// Once its memory has grown, a hand-over allocates nothing.
func TestHandoverDoesNotAllocate(t *testing.T) {
	for name, f := range handovers(t.TempDir()) {
		for range 2 * packetQueue {
			f()
		}
		if n := testing.AllocsPerRun(100, f); n > 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

func BenchmarkHandover(b *testing.B) {
	for name, f := range handovers(b.TempDir()) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f()
			}
		})
	}
}

// BenchmarkWrite is a frame's way into a cluster and to the file.
func BenchmarkWrite(b *testing.B) {
	f, err := createFile(b.TempDir() + "/x.mkv")
	if err != nil {
		b.Fatal(err)
	}
	w, err := newMKV(f, time.Now(), videoHeader("V_VP8", nil, 1280, 720))
	if err != nil {
		b.Fatal(err)
	}
	unit := make([]byte, 25000) // 6 Mbit/s at 30 a second
	b.ReportAllocs()
	ms := int64(0)
	for b.Loop() {
		if err := w.block(ms, ms%2000 == 0, unit); err != nil {
			b.Fatal(err)
		}
		ms += 33
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
}
