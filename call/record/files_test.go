package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/at-wat/ebml-go"
	"github.com/at-wat/ebml-go/webm"

	"parley/call"
)

func load(t *testing.T, dir string) map[string]Track {
	t.Helper()
	m, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	tracks := map[string]Track{}
	for _, track := range m.Tracks {
		tracks[track.ID] = track
	}
	return tracks
}

// probed is what ffprobe says of a file.
type probed struct {
	Streams []struct {
		Codec    string `json:"codec_name"`
		Width    int    `json:"width"`
		Height   int    `json:"height"`
		Rate     string `json:"sample_rate"`
		Channels int    `json:"channels"`
	} `json:"streams"`
	Format struct {
		Start    string `json:"start_time"`
		Duration string `json:"duration"`
	} `json:"format"`
}

func probe(t *testing.T, path string) probed {
	t.Helper()
	var p probed
	out := run(t, "ffprobe", "-v", "error", "-of", "json", "-show_streams", "-show_format", path)
	if err := json.Unmarshal([]byte(out), &p); err != nil {
		t.Fatal(err)
	}
	return p
}

func seconds(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.Abs(got-want) > within {
		t.Errorf("%s is %.4f, want %.4f within %.4f", what, got, want, within)
	}
}

// decode decodes a file to nothing and returns what ffmpeg complained of.
func decode(t *testing.T, path string, args ...string) string {
	t.Helper()
	out := run(t, "sh", append([]string{"-c", `exec ffmpeg -v warning "$@" 2>&1`, "ffmpeg", "-xerror"},
		append(args, "-i", path, "-f", "null", "-")...)...)
	var complaints string
	for line := range strings.Lines(out) {
		// Matroska has no layout for PCM, and no duration after a crash.
		if !strings.Contains(line, "Guessed Channel Layout") && !strings.Contains(line, "Estimating duration") {
			complaints += line
		}
	}
	return complaints
}

func fixedSize(w, h int) func(int) (int, int) { return func(int) (int, int) { return w, h } }

func TestFilesOfACall(t *testing.T) {
	needFFmpeg(t)
	for _, c := range []struct {
		codec, ffmpeg string
		units         [][]byte
	}{
		{H264, "h264", h264Units(t, "320x240", "180", "60", "60")},
		{VP8, "vp8", vp8Units(t, "320x240", "180")},
	} {
		t.Run(c.codec, func(t *testing.T) {
			codec := &playedCodec{name: c.codec, units: map[int][][]byte{320: c.units}}
			dir := keep(t, codec, 6*time.Second, &talk{
				size: fixedSize(320, 240), codec: c.codec, units: c.units, packets: opusPackets(t, "sine=r=48000:d=6"),
			})
			tracks := load(t, dir)
			for id, want := range map[string]string{
				"me-video": c.ffmpeg, "them-video": c.ffmpeg, "me-audio": "pcm_s16le", "them-audio": "opus",
			} {
				checkFile(t, dir, tracks[id], want)
			}
		})
	}
}

// checkFile checks one file of TestFilesOfACall.
func checkFile(t *testing.T, dir string, track Track, codec string) {
	t.Helper()
	path := filepath.Join(dir, track.File)
	p := probe(t, path)
	if len(p.Streams) != 1 || p.Streams[0].Codec != codec {
		t.Fatalf("%s: ffprobe sees %+v", track.ID, p)
	}
	if s := p.Streams[0]; track.Kind == Video && (s.Width != 320 || s.Height != 240) || track.Kind == Audio && s.Rate != "48000" {
		t.Errorf("%s: ffprobe sees %+v", track.ID, s)
	}
	near(t, track.ID+" start", seconds(t, p.Format.Start), track.Offset.Seconds(), 0.001)
	near(t, track.ID+" start", seconds(t, p.Format.Start), 0, 0.002)
	near(t, track.ID+" duration", seconds(t, p.Format.Duration), 6, 0.04)
	near(t, track.ID+" duration in the manifest", track.Duration.Seconds(), 6, 0.04)
	if complaint := decode(t, path); complaint != "" {
		t.Errorf("%s does not decode: %s", track.ID, complaint)
	}
	if sum, err := hashFile(path); err != nil || sum != track.SHA256 {
		t.Errorf("%s: hash %s, in the manifest %s (%v)", track.ID, sum, track.SHA256, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%s: %v %v", track.ID, info, err)
	}
}

// The file can be sought in: a key frame opens a cluster, and the cues name
// one each two seconds at least.
func TestFilesHaveCues(t *testing.T) {
	units := make([][]byte, 300)
	for i := range units {
		units[i] = fakeVP8(2)[min(i%37, 1)]
	}
	dir := keep(t, nil, 10*time.Second, &talk{codec: VP8, units: units})
	data, err := os.ReadFile(filepath.Join(dir, "them-video.mkv"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Header  webm.EBMLHeader `ebml:"EBML"`
		Segment webm.Segment    `ebml:"Segment"`
	}
	if err := ebml.Unmarshal(bytes.NewReader(data), &file, ebml.WithIgnoreUnknown(true)); err != nil {
		t.Fatal(err)
	}
	_, segment, _ := bytes.Cut(data, []byte("\x18\x53\x80\x67")) // its ID
	segment = segment[8:]                                        // its size
	var times []uint64
	for _, cue := range file.Segment.Cues.CuePoint {
		times = append(times, cue.CueTime)
		cluster := segment[cue.CueTrackPositions[0].CueClusterPosition:]
		if !bytes.HasPrefix(cluster, []byte("\x1f\x43\xb6\x75")) {
			t.Errorf("no cluster at the cue of %d ms", cue.CueTime)
		}
	}
	if fmt.Sprint(times) != "[0 2467 4933 7400 9867]" {
		t.Errorf("cues at %v ms", times)
	}
}

// A flash and a click at one moment come out at one moment.
func TestMyTracksAreInSync(t *testing.T) {
	needFFmpeg(t)
	units := h264Units(t, "320x240", "180", "90", "60")
	dir := keep(t, &playedCodec{name: H264, units: map[int][][]byte{320: units}}, 6*time.Second, &talk{
		size: fixedSize(320, 240), click: 3 * time.Second,
	})
	flash, click := flashTime(t, filepath.Join(dir, "me-video.mkv")), clickTime(t, filepath.Join(dir, "me-audio.mkv"))
	near(t, "flash", flash, 3, 0.02)
	near(t, "click", click, 3, 0.02)
	t.Logf("flash at %.4f s, click at %.4f s", flash, click)
}

// The same for theirs, though their picture comes 150 ms after its sound and
// both jitter: sender reports were there.
func TestTheirTracksAreInSync(t *testing.T) {
	needFFmpeg(t)
	rng := rand.New(rand.NewPCG(3, 4))
	k := talk{codec: H264, units: h264Units(t, "320x240", "300", "240", "60"), packets: opusPackets(t,
		"aevalsrc='if(between(t,8,8.005),0.8,0)':s=48000:d=10")}
	k.late = func(video bool) time.Duration {
		late := 50*time.Millisecond + time.Duration(rng.Int64N(int64(30*time.Millisecond)))
		if video {
			late += 150 * time.Millisecond
		}
		return late
	}
	k.each = func(at time.Duration) {
		if at%time.Second == 0 {
			k.report(at)
		}
	}
	dir := keep(t, nil, 10*time.Second, &k)
	flash, click := flashTime(t, filepath.Join(dir, "them-video.mkv")), clickTime(t, filepath.Join(dir, "them-audio.mkv"))
	near(t, "flash", flash, 8.05, 0.02)
	near(t, "click against flash", click, flash, 0.02)
	t.Logf("flash at %.4f s, click at %.4f s", flash, click)
	notes := readNotes(t, dir, "them-video")
	if !strings.HasPrefix(notes, `{"t":"origin","rtp":0,"elapsed_ns":2`) || strings.Count(notes, `{"t":"sr","ntp":1`) != 10 {
		t.Errorf("the timing file has\n%s", notes)
	}
}

// flashTime is the time stamp of the first white picture.
func flashTime(t *testing.T, path string) float64 {
	t.Helper()
	out := run(t, "ffprobe", "-v", "error", "-f", "lavfi", "-i", "movie="+path+",signalstats",
		"-show_entries", "frame=pts_time:frame_tags=lavfi.signalstats.YAVG", "-of", "csv=p=0")
	for line := range strings.Lines(out) {
		at, luma, _ := strings.Cut(strings.TrimSpace(line), ",")
		if seconds(t, luma) > 150 {
			return seconds(t, at)
		}
	}
	t.Fatalf("no flash in %s", path)
	return 0
}

// clickTime is when the sound first gets loud, played by its time stamps.
func clickTime(t *testing.T, path string) float64 {
	t.Helper()
	out := run(t, "ffmpeg", "-v", "error", "-copyts", "-i", path, "-af", "aresample=async=1:first_pts=0", "-f", "s16le", "-")
	i := firstLoud(out)
	if i < 0 {
		t.Fatalf("no click in %s", path)
	}
	return float64(i) / call.SampleRate
}

// firstLoud is the index of the first loud one of 16-bit samples, or -1.
func firstLoud(pcm string) int {
	for i := 0; i+1 < len(pcm); i += 2 {
		if int16(uint16(pcm[i])|uint16(pcm[i+1])<<8) > 10000 {
			return i / 2
		}
	}
	return -1
}

// A picture that changes its size in mid-recording decodes to the end.
func TestSizeChangesMidway(t *testing.T) {
	needFFmpeg(t)
	codec := &playedCodec{name: H264, units: map[int][][]byte{
		320: h264Units(t, "320x240", "60", "90", "60"), 640: h264Units(t, "640x360", "120", "90", "60"),
	}}
	theirs := append(vp8Units(t, "320x240", "60"), vp8Units(t, "640x360", "60")...)
	dir := keep(t, codec, 6*time.Second, &talk{
		size: func(n int) (int, int) {
			if n < 60 {
				return 320, 240
			}
			return 640, 360
		},
		codec: VP8, units: theirs,
	})
	for id, want := range map[string]int{"me-video": 180, "them-video": 120} {
		path := filepath.Join(dir, id+".mkv")
		out := run(t, "ffmpeg", "-v", "error", "-xerror", "-reinit_filter", "0", "-i", path, "-vf",
			"scale=320:240:eval=frame", "-fps_mode", "passthrough", "-f", "framecrc", "-")
		if got := strings.Count(out, "\n0,"); got != want {
			t.Errorf("%s: %d of %d pictures come out", id, got, want)
		}
		for _, line := range []string{`"width":320,"height":240,"elapsed_ns":0}`, `"width":640,"height":360,"elapsed_ns":2000000000}`} {
			if notes := readNotes(t, dir, id); !strings.Contains(notes, `{"t":"size",`+line) {
				t.Errorf("%s: no %s in the timing file:\n%s", id, line, notes)
			}
		}
	}
}

func readNotes(t *testing.T, dir, id string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, id+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// No cluster spans more than 500 ms, its last block included.
func TestClusterSpans(t *testing.T) {
	codec := &playedCodec{name: VP8, units: map[int][][]byte{320: fakeVP8(300)}}
	dir := keep(t, codec, 10*time.Second, &talk{size: fixedSize(320, 240), codec: VP8, units: fakeVP8(300), packets: fakeOpus(500)})
	for id, step := range map[string]int64{"me-video": 34, "them-video": 34, "me-audio": 10, "them-audio": 20} {
		spans, blocks := clusterSpans(t, filepath.Join(dir, id+".mkv"))
		for i, span := range spans {
			if span+step > maxCluster+1 {
				t.Errorf("%s: cluster %d spans %d ms", id, i, span+step)
			}
		}
		if least := 10000 / step * 97 / 100; int64(blocks) < least || len(spans) < 20 {
			t.Errorf("%s: %d blocks in %d clusters", id, blocks, len(spans))
		}
	}
}

// clusterSpans lists, in ms, the time between the first and the last block of
// each cluster.
func clusterSpans(t *testing.T, path string) (spans []int64, blocks int) {
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
	eachCluster(f, info.Size(), func(body, end int64) {
		times := blockTimes(f, body, end)
		if len(times) == 0 {
			t.Fatal("an empty cluster")
		}
		spans, blocks = append(spans, times[len(times)-1]-times[0]), blocks+len(times)
	})
	return spans, blocks
}

// fakeVP8 makes units that look like VP8 frames of 320x240 from outside.
func fakeVP8(n int) [][]byte {
	units := make([][]byte, n)
	for i := range units {
		units[i] = []byte{1, 0, 0, byte(i)}
		if i%60 == 0 {
			units[i] = []byte{0, 0, 0, 0x9d, 1, 0x2a, 320 & 0xff, 320 >> 8, 240, 0, byte(i)}
		}
	}
	return units
}

func fakeOpus(n int) [][]byte {
	packets := make([][]byte, n)
	for i := range packets {
		packets[i] = fmt.Appendf([]byte{0x78}, "packet %d", i)
	}
	return packets
}
