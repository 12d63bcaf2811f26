package record

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

// fullDisk is a file that has room for so many bytes.
type fullDisk struct {
	file
	room int
}

func (f *fullDisk) Write(b []byte) (int, error) {
	if len(b) > f.room {
		n, err := f.file.Write(b[:f.room])
		f.room -= n
		return n, errors.Join(err, &os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC})
	}
	f.room -= len(b)
	return f.file.Write(b)
}

// A disk that fills up under one track stops that one, once, with a sentence;
// the others go on, and what it has is whole.
func TestFullDisk(t *testing.T) {
	root := t.TempDir()
	var mu sync.Mutex
	var told []error
	synctest.Test(t, func(t *testing.T) {
		store := New(Options{Root: root, Failed: func(err error) {
			mu.Lock()
			defer mu.Unlock()
			told = append(told, err)
		}})
		store.create = func(path string) (file, error) {
			f, err := createFile(path)
			if filepath.Base(path) == "me-audio.mkv" {
				return &fullDisk{f, 300000}, err
			}
			return f, err
		}
		rec, err := store.Open(call.RecordingInfo{Them: "Bob"})
		if err != nil {
			t.Fatal(err)
		}
		k := talk{rec: rec, started: time.Now(), packets: fakeOpus(500)}
		k.run(10 * time.Second)
		if err := rec.Close(); !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("Close says %v", err)
		}
		checkFull(t, rec.Dir())
	})
	want := "the recording of your sound stopped: no space left on device; make room on the disk of " + root
	if len(told) != 1 || !strings.HasPrefix(told[0].Error(), want) {
		t.Errorf("told %v", told)
	}
}

func checkFull(t *testing.T, dir string) {
	t.Helper()
	tracks := load(t, dir)
	if d := tracks["them-audio"].Duration; d != 10*time.Second {
		t.Errorf("their sound lasts %v", d)
	}
	path := filepath.Join(dir, "me-audio.mkv")
	span, err := measure(path)
	if err != nil || span < 2500*time.Millisecond || span > 3200*time.Millisecond {
		t.Errorf("my sound lasts %v (%v)", span, err)
	}
	checkWhole(t, path)
	spans, blocks := clusterSpans(t, path)
	if blocks != int(span/blockSpan) || len(spans) == 0 {
		t.Errorf("my sound has %d blocks in %d clusters", blocks, len(spans))
	}
}

// checkWhole checks that no cluster claims more than there is.
func checkWhole(t *testing.T, path string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	ends := int64(0)
	eachCluster(f, info.Size()+1<<20, func(_, end int64) { ends = end })
	if ends != info.Size() {
		t.Errorf("the last cluster ends at %d of %d bytes", ends, info.Size())
	}
}

// What a recording cannot keep is a sentence, and the rest goes on.
func TestTracksThatCannotBegin(t *testing.T) {
	for name, c := range map[string]struct {
		codec *playedCodec
		talk  talk
		want  string
	}{
		"encoder": {&playedCodec{name: H264, fail: errors.New("no encoder here")}, talk{size: fixedSize(320, 240)},
			"the recording of your picture stopped: no encoder here; the rest goes on"},
		"codec": {nil, talk{codec: "AV1", units: fakeVP8(30)},
			`the recording of their picture stopped: its codec cannot be recorded ("AV1"; H264 and VP8 can); the rest goes on`},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				opt := Options{Root: root}
				if c.codec != nil {
					opt.Video = c.codec
				}
				rec, err := New(opt).Open(call.RecordingInfo{})
				if err != nil {
					t.Fatal(err)
				}
				c.talk.rec, c.talk.started = rec, time.Now()
				c.talk.run(time.Second)
				if err := rec.Close(); err == nil || !strings.HasPrefix(err.Error(), c.want) || strings.Count(err.Error(), "\n") > 0 {
					t.Errorf("Close says %v", err)
				}
				if d := load(t, rec.Dir())["me-audio"].Duration; d != time.Second {
					t.Errorf("my sound lasts %v", d)
				}
			})
		})
	}
}

// The other side changes its codec in mid call: another track goes on.
func TestCodecChanges(t *testing.T) {
	k := &talk{codec: VP8, units: append(fakeVP8(60), fakeH264(60)...)}
	k.each = func(at time.Duration) {
		if at == 2*time.Second {
			k.codec = H264
		}
	}
	dir := keep(t, nil, 4*time.Second, k)
	tracks := load(t, dir)
	a, b := tracks["them-video"], tracks["them-video-2"]
	if a.Codec != VP8 || b.Codec != H264 || b.Offset != 2*time.Second || a.SHA256 == "" || b.File != "them-video-2.mkv" {
		t.Errorf("%+v\n%+v", a, b)
	}
}

// fakeH264 makes units that look like H.264 from outside.
func fakeH264(n int) [][]byte {
	units := make([][]byte, n)
	for i := range units {
		units[i] = []byte{0, 0, 0, 1, 0x41, byte(i) | 1}
		if i%60 == 0 {
			units[i] = []byte("\x00\x00\x00\x01\x67\x42\xc0\x1f\xda\x02\x80\xf6\x40\x00\x00\x00\x01\x68\xce\x3c\x80\x00\x00\x00\x01\x65\x01")
		}
	}
	return units
}

// A recording begins at a key frame, and counts what was lost.
func TestTheirPictureBeginsAtAKeyFrame(t *testing.T) {
	units := fakeVP8(180)[30:]
	dir := keep(t, nil, 3*time.Second, &talk{codec: VP8, units: units, lost: 70})
	track := load(t, dir)["them-video"]
	if track.Offset != time.Second {
		t.Errorf("it begins at %v", track.Offset)
	}
	want := `{"t":"origin","rtp":0,"elapsed_ns":0}
{"t":"size","width":320,"height":240,"elapsed_ns":1000000000}
{"t":"loss","packets":3,"elapsed_ns":2333333333}
`
	if got := readNotes(t, dir, "them-video"); got != want {
		t.Errorf("the timing file has\n%s", got)
	}
}

// After units that found no place, the track goes on at a key frame.
func TestUnitsLeftOut(t *testing.T) {
	dir := t.TempDir()
	r := idle(dir)
	units := fakeVP8(300) // a key frame every 60
	put := func(from, to int) {
		for n := from; n < to; n++ {
			r.RemoteFrame(VP8, call.EncodedFrame{Unit: units[n], At: r.host.start.Add(frameTime(n)), RTPTime: uint32(3000 * n)})
		}
	}
	put(0, 200) // the first 128 find one
	r.themVideo.drain()
	put(200, 300)
	r.themVideo.drain()
	r.themVideo.end()
	if _, blocks := clusterSpans(t, filepath.Join(dir, "them-video.mkv")); blocks != 128+60 {
		t.Errorf("%d units were kept", blocks)
	}
	if notes := readNotes(t, dir, "them-video"); !strings.Contains(notes, `{"t":"dropped","count":72,"why":"busy",`) {
		t.Errorf("the timing file has\n%s", notes)
	}
}

func TestManifestOfARecording(t *testing.T) {
	root := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		started := time.Now()
		rec, err := New(Options{Root: root}).Open(call.RecordingInfo{
			Me: "Ann", Them: "../Bob\xff", Session: "s", Started: started,
		})
		if err != nil {
			t.Fatal(err)
		}
		k := talk{rec: rec, started: started}
		k.run(time.Second)
		synctest.Wait()
		running, err := Load(rec.Dir())
		if err != nil || !running.Ended.IsZero() || len(running.Tracks) != 1 || running.Tracks[0].Duration < 400*time.Millisecond {
			t.Errorf("while it runs: %+v %v", running, err)
		}
		rec.(*Recording).Mark("here")
		for range 2 {
			if err := rec.Close(); err != nil {
				t.Errorf("Close says %v", err)
			}
		}
		useAfterClose(rec)
		m, err := Load(rec.Dir())
		if err != nil || m.Me != "Ann" || m.Them != "../Bob" || m.Session != "s" || !m.Started.Equal(started) ||
			!m.Ended.Equal(started.Add(time.Second)) {
			t.Errorf("at the end: %+v %v", m, err)
		}
		if n := len(m.Clock); n != 4 || m.Clock[n-1].Elapsed != time.Second || !m.Clock[n-1].Wall.Equal(started.Add(time.Second)) {
			t.Errorf("clock anchors: %+v", m.Clock)
		}
		if notes := readNotes(t, rec.Dir(), "me-audio"); !strings.HasSuffix(notes, `{"t":"marker","label":"here","elapsed_ns":1000000000}`+"\n") {
			t.Errorf("the timing file has\n%s", notes)
		}
		checkModes(t, rec.Dir())
	})
}

// useAfterClose does what a call may still do while it ends.
func useAfterClose(rec call.Recorder) {
	rec.LocalPicture(call.NewPicture(16, 16))
	rec.LocalSound(make([]int16, call.BlockSamples), time.Now())
	rec.RemoteFrame(VP8, call.EncodedFrame{Unit: []byte{1}})
	rec.RemotePacket(call.AudioPacket{Payload: []byte{1}})
	rec.SenderReport(call.SenderReport{})
}

func checkModes(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 3 {
		t.Fatalf("the folder has %v (%v)", entries, err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err != nil || info.Mode() != 0o600 {
			t.Errorf("%s: %v %v", e.Name(), info.Mode(), err)
		}
	}
}

// An encoder that cannot keep up loses pictures, which are counted, and never
// holds up the caller.
func TestSlowEncoder(t *testing.T) {
	root := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		codec := &gatedCodec{playedCodec{name: VP8, units: map[int][][]byte{320: fakeVP8(60)}}, gate}
		started := time.Now()
		rec, err := New(Options{Root: root, Video: codec}).Open(call.RecordingInfo{Started: started})
		if err != nil {
			t.Fatal(err)
		}
		pic := call.NewPicture(320, 240)
		for n := range 30 {
			if n == 20 {
				close(gate)
			}
			synctest.Wait()
			pic.At = started.Add(frameTime(n))
			rec.LocalPicture(pic)
		}
		if err := rec.Close(); err != nil {
			t.Fatal(err)
		}
		// One picture is in the encoder, four wait, fifteen find no place.
		if notes := readNotes(t, rec.Dir(), "me-video"); !strings.Contains(notes, `{"t":"dropped","count":15,"why":"busy",`) {
			t.Errorf("the timing file has\n%s", notes)
		}
		if _, blocks := clusterSpans(t, filepath.Join(rec.Dir(), "me-video.mkv")); blocks != 15 {
			t.Errorf("%d pictures were kept", blocks)
		}
	})
}

// A picture from before the recording, or no newer than the last, is not kept.
func TestPicturesOutOfTime(t *testing.T) {
	dir := t.TempDir()
	r := idle(dir)
	r.meVideo.codec = &playedCodec{name: VP8, units: map[int][][]byte{320: fakeVP8(9)}}
	pic := call.NewPicture(320, 240)
	for _, ms := range []time.Duration{-5, 100, 100, 90, 133} {
		pic.At = r.host.start.Add(ms * time.Millisecond)
		r.LocalPicture(pic)
		r.meVideo.drain()
	}
	r.meVideo.end()
	if _, blocks := clusterSpans(t, filepath.Join(dir, "me-video.mkv")); blocks != 2 {
		t.Errorf("%d pictures were kept", blocks)
	}
}

// What came reaches the file although nothing follows it.
func TestStalledTrackIsFlushed(t *testing.T) {
	root := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		rec, err := New(Options{Root: root}).Open(call.RecordingInfo{})
		if err != nil {
			t.Fatal(err)
		}
		k := talk{rec: rec, started: time.Now(), codec: VP8, units: fakeVP8(6), packets: fakeOpus(10)}
		k.deaf = func(at time.Duration) bool { return at > 200*time.Millisecond }
		k.run(1200 * time.Millisecond)
		synctest.Wait()
		for id, want := range map[string]int{"me-audio": 20, "them-video": 6, "them-audio": 10} {
			if _, blocks := clusterSpans(t, filepath.Join(rec.Dir(), id+".mkv")); blocks != want {
				t.Errorf("%s: the file has %d of %d blocks", id, blocks, want)
			}
		}
		if err := rec.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

// gatedCodec encodes once its gate is closed.
type gatedCodec struct {
	playedCodec
	gate chan struct{}
}

func (c *gatedCodec) NewEncoder(cfg call.VideoConfig) (call.VideoEncoder, error) {
	e, err := c.playedCodec.NewEncoder(cfg)
	return &gatedEncoder{e, c.gate}, err
}

type gatedEncoder struct {
	call.VideoEncoder
	gate chan struct{}
}

func (e *gatedEncoder) Encode(pic *call.Picture, buf []byte) ([]byte, bool, error) {
	<-e.gate
	return e.VideoEncoder.Encode(pic, buf)
}
