package render

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"parley/editor"
	"parley/editor/ffmpeg"
	"parley/editor/store"
)

// The studio makes media that carry their truth: each frame shows its number
// as bars of light and dark, and its chroma tells the clip.

// findTools fails where there is no ffmpeg: without it Parley makes no film.
var findTools = sync.OnceValues(func() (*ffmpeg.Tools, error) { return ffmpeg.Find(context.Background()) })

func tools(t testing.TB) *ffmpeg.Tools {
	t.Helper()
	found, err := findTools()
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// shot is a clip to be made.
type shot struct {
	name    string
	w, h    int
	rate    string
	frames  int
	from    int      // number of the first frame
	cb      int      // chroma that tells the clip, 64 to 192
	sound   string   // lavfi source, empty for none
	options []string // of the encoders
	sar     string
}

func (s shot) source() string {
	bars := fmt.Sprintf("nullsrc=s=%dx2:r=%s,format=yuv444p,geq=lum='16+219*mod(floor((N+%d)/pow(2,X)),2)':cb=%d:cr=128,scale=%d:%d:flags=neighbor,format=yuv420p",
		barCount, s.rate, s.from, max(s.cb, 64), s.w, s.h)
	if s.sar == "" {
		s.sar = "1"
	}
	return bars + ",setsar=" + s.sar
}

// barCount bars hold numbers below 1024.
const barCount = 10

func (s shot) make(t testing.TB, dir string) string {
	t.Helper()
	path := filepath.Join(dir, s.name)
	args := []string{"-f", "lavfi", "-i", s.source()}
	if s.sound != "" {
		args = append(args, "-f", "lavfi", "-i", s.sound, "-shortest")
	}
	args = append(args, "-frames:v", strconv.Itoa(s.frames))
	if s.options == nil {
		args = append(args, "-c:v", "libx264", "-preset", "veryfast", "-c:a", "aac")
	}
	run(t, append(append(args, s.options...), ffmpeg.InputArg(path))...)
	return path
}

func run(t testing.TB, args ...string) {
	t.Helper()
	if err := tools(t).Run(t.Context(), ffmpeg.Command{Op: "making a test file", Args: args}); err != nil {
		t.Fatalf("%v: %v", args, err)
	}
}

// project joins files as "parley render" does.
func project(t testing.TB, paths ...string) *editor.Project {
	t.Helper()
	p, err := store.Join(t.Context(), tools(t), paths...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// trimmed is the project with its first clip cut to a part of its source.
func trimmed(t testing.TB, p *editor.Project, in, out editor.Time) *editor.Project {
	t.Helper()
	id := p.Timeline.Clip(0).ID
	line, err := p.Timeline.TrimOut(id, out)
	if err == nil {
		line, err = line.TrimIn(id, in)
	}
	if err != nil {
		t.Fatal(err)
	}
	p.Timeline = line
	return p
}

func standing(t testing.TB, p *editor.Project, i int, d editor.Time) *editor.Project {
	t.Helper()
	line, err := p.Timeline.SetDuration(p.Timeline.Clip(i).ID, d)
	if err != nil {
		t.Fatal(err)
	}
	p.Timeline = line
	return p
}

// render makes the film in a folder of the test's own.
func render(t testing.TB, p *editor.Project) (string, Report) {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "film.mp4")
	report, err := New(tools(t), filepath.Join(dir, "cache"), editor.Effects{}).Render(t.Context(), FilmOf(p), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return path, report
}

// gray is a small gray picture of every frame of a film.
type gray struct {
	w, h int
	pix  []byte
}

func (g gray) at(x, y float64) byte {
	return g.pix[int(y*float64(g.h))*g.w+int(x*float64(g.w))]
}

// number reads the bars in a part of the frame, in shares of its width and
// height; -1 where there are none.
func (g gray) number(x0, x1, y float64) int {
	n := 0
	for i := range barCount {
		v := g.at(x0+(x1-x0)*(float64(i)+0.5)/barCount, y)
		switch {
		case v > 176:
			n |= 1 << i
		case v > 80:
			return -1
		}
	}
	return n
}

func frames(t testing.TB, path string, filters ...string) []gray {
	t.Helper()
	const w, h = 160, 90
	chain := strings.Join(append(filters, fmt.Sprintf("scale=%d:%d:flags=neighbor,format=yuv420p,extractplanes=y", w, h)), ",")
	data := output(t, "-i", ffmpeg.InputArg(path), "-map", "0:v", "-vf", chain, "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1")
	var all []gray
	for part := range slices.Chunk(data, w*h) {
		all = append(all, gray{w, h, part})
	}
	return all
}

// numbers reads every frame's number where the picture fills the frame.
func numbers(t testing.TB, path string) []int {
	t.Helper()
	var all []int
	for _, g := range frames(t, path) {
		all = append(all, g.number(0, 1, 0.5))
	}
	return all
}

func output(t testing.TB, args ...string) []byte {
	t.Helper()
	data, err := tools(t).Output(t.Context(), ffmpeg.Command{Op: "reading a test film", Args: args}, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// samples are the left channel of a film's sound at 48 kHz.
func samples(t testing.TB, path string) []int16 {
	t.Helper()
	data := output(t, "-i", ffmpeg.InputArg(path), "-map", "0:a", "-af", "pan=mono|c0=c0", "-ar", "48000", "-f", "s16le", "pipe:1")
	all := make([]int16, len(data)/2)
	if err := binary.Read(bytes.NewReader(data), binary.LittleEndian, all); err != nil {
		t.Fatal(err)
	}
	return all
}

// loudness is the root mean square between two times in seconds, 0 to 1.
func loudness(all []int16, from, to float64) float64 {
	part := all[int(from*48000):min(int(to*48000), len(all))]
	var sum float64
	for _, v := range part {
		sum += float64(v) * float64(v)
	}
	return math.Sqrt(sum/float64(len(part))) / 32768
}

// count are the numbers from first on.
func count(first, n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = first + i
	}
	return all
}

func sameNumbers(t *testing.T, what string, got, want []int) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: frames %v\nwant %v", what, got, want)
	}
}
