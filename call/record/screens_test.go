package record

import (
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

// Two seconds after the recording begins both sides share a screen, for three
// seconds at 15 pictures a second.
func TestSharedScreensAreTracksOfTheirOwn(t *testing.T) {
	root, dir := t.TempDir(), ""
	synctest.Test(t, func(t *testing.T) {
		codec := &playedCodec{name: VP8, units: map[int][][]byte{320: fakeVP8(60)}}
		rec, err := New(Options{Root: root, Video: codec}).Open(call.RecordingInfo{Started: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		dir = rec.Dir()
		screens := rec.(call.ScreenRecorder)
		pic := call.NewPicture(320, 240)
		time.Sleep(2 * time.Second)
		for n, unit := range fakeVP8(45) {
			pic.At = time.Now()
			screens.LocalScreen(pic)
			screens.RemoteScreen(VP8, call.EncodedFrame{Unit: unit, Key: n == 0, At: pic.At, RTPTime: uint32(n * 6000)})
			synctest.Wait()
			time.Sleep(time.Second / 15)
		}
		pic.At = time.Now()
		rec.LocalPicture(pic) // the camera was late
		synctest.Wait()
		if err := rec.Close(); err != nil {
			t.Fatal(err)
		}
		screens.LocalScreen(pic) // too late, and no harm
		screens.RemoteScreen(VP8, call.EncodedFrame{Unit: []byte{1}})
	})
	tracks := load(t, dir)
	for id, who := range map[string]string{"me-screen": Me, "them-screen": Them} {
		track := tracks[id]
		if track.Who != who || track.Kind != Video || track.Codec != VP8 {
			t.Fatalf("%s: %+v", id, track)
		}
		near(t, id+" start", track.Offset.Seconds(), 2, 0.05)
		near(t, id+" duration", track.Duration.Seconds(), 3, 0.1)
		if _, blocks := clusterSpans(t, filepath.Join(dir, track.File)); blocks != 45 {
			t.Errorf("%s has %d pictures", id, blocks)
		}
	}
	m, err := Load(dir)
	if err != nil || len(m.Tracks) != 3 || m.Tracks[0].ID != "me-video" {
		t.Errorf("the camera does not come first: %v, %v", m.Tracks, err)
	}
}
