package record

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/at-wat/ebml-go"
	"github.com/at-wat/ebml-go/webm"

	"parley/call"
)

// needFFmpeg skips where the programs that the test checks with are missing.
func needFFmpeg(t testing.TB) {
	t.Helper()
	for _, name := range []string{"ffmpeg", "ffprobe"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("%s is not installed, and files are made and read with it", name)
		}
	}
}

// run runs a program, fails on an error, and returns what it printed.
func run(t testing.TB, name string, args ...string) string {
	t.Helper()
	var out, complaint bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, complaint.String())
	}
	return out.String()
}

// h264Units makes n access units of Annex B at 30 a second: black, and white
// from frame flash on for 6 frames; a key frame every gop frames.
func h264Units(t testing.TB, size string, n, flash, gop string) [][]byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "clip.h264")
	run(t, "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=black:s="+size+":r=30,noise=alls=8,"+
		"drawbox=t=fill:color=white:enable='between(n,"+flash+","+flash+"+5)'",
		"-frames:v", n, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-bf", "0",
		"-g", gop, "-x264-params", "aud=1:scenecut=0", "-f", "h264", path)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return splitUnits(data)
}

// splitUnits cuts an Annex B stream before each access unit delimiter.
func splitUnits(data []byte) [][]byte {
	delimiter := []byte{0, 0, 0, 1, 9}
	var units [][]byte
	for len(data) > 0 {
		end := bytes.Index(data[1:], delimiter) + 1
		if end == 0 {
			end = len(data)
		}
		units, data = append(units, data[:end]), data[end:]
	}
	return units
}

// webmBlocks makes a clip with ffmpeg and returns its frames.
func webmBlocks(t testing.TB, args ...string) [][]byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "clip.webm")
	run(t, "ffmpeg", append(append([]string{"-v", "error"}, args...), path)...)
	data, err := os.ReadFile(path)
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
	var blocks [][]byte
	for _, c := range file.Segment.Cluster {
		for _, b := range c.SimpleBlock {
			blocks = append(blocks, b.Data...)
		}
		for _, g := range c.BlockGroup {
			blocks = append(blocks, g.Block.Data...)
		}
	}
	return blocks
}

func vp8Units(t testing.TB, size, frames string) [][]byte {
	return webmBlocks(t, "-f", "lavfi", "-i", "testsrc=s="+size+":r=30", "-frames:v", frames,
		"-c:v", "libvpx", "-deadline", "realtime", "-g", "60")
}

func opusPackets(t testing.TB, source string) [][]byte {
	return webmBlocks(t, "-f", "lavfi", "-i", source, "-c:a", "libopus", "-frame_duration", "20")
}

// playedCodec is a video codec whose encoder gives out units made before, in
// turn, by the width of the picture.
type playedCodec struct {
	name  string
	units map[int][][]byte
	fail  error
}

func (c *playedCodec) Name() string { return c.name }

func (c *playedCodec) NewEncoder(call.VideoConfig) (call.VideoEncoder, error) {
	return &playedEncoder{codec: c, at: map[int]int{}}, c.fail
}

func (c *playedCodec) NewDecoder() (call.VideoDecoder, error) {
	return nil, errors.New("a recording decodes nothing")
}

func (c *playedCodec) IsKeyFrame([]byte) bool { return false }

type playedEncoder struct {
	codec  *playedCodec
	at     map[int]int
	closed bool
}

func (e *playedEncoder) Encode(pic *call.Picture, buf []byte) ([]byte, bool, error) {
	w := pic.Width()
	n := e.at[w]
	units := e.codec.units[w]
	if e.closed || n >= len(units) {
		return nil, false, errors.New("nothing left to play")
	}
	e.at[w]++
	return append(buf[:0], units[n]...), n == 0, nil
}

func (e *playedEncoder) ForceKeyFrame()       {}
func (e *playedEncoder) SetBitRate(int)       {}
func (e *playedEncoder) SetFrameRate(float64) {}
func (e *playedEncoder) Close() error {
	e.closed = true
	return nil
}
