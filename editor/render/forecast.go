package render

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"parley/editor"
)

// Forecast is what a render would do.
type Forecast struct {
	Output   editor.Output `json:"output"`
	Frames   int64         `json:"frames"`
	Duration editor.Time   `json:"duration"`
	Copied   int64         `json:"copied"`  // frames that are copied from the sources
	Kept     int64         `json:"kept"`    // frames that were made before and are in the cache
	Encoded  int64         `json:"encoded"` // frames that have to be encoded
	Size     int64         `json:"size"`    // bytes, an estimate
	Time     time.Duration `json:"time"`    // nanoseconds, an estimate
	Sampled  bool          `json:"sampled"` // the estimates come from a short encode of this very film
}

// String is a sentence: "92 % copied, 8 % encoded; about 40 s and 12.3 MB".
func (f Forecast) String() string {
	var parts []string
	share := func(n int64, what string) {
		if n > 0 && f.Frames > 0 {
			parts = append(parts, fmt.Sprintf("%s %% %s", percent(n, f.Frames), what))
		}
	}
	share(f.Copied, "copied")
	share(f.Kept, "made before")
	share(f.Encoded, "encoded")
	text := strings.Join(parts, ", ")
	if text != "" {
		text += "; "
	}
	return text + fmt.Sprintf("about %s and %s", roughly(f.Time), megabytes(f.Size))
}

// percent is a share that is 0 or 100 only where it is exactly that.
func percent(n, of int64) string {
	switch p := 100 * float64(n) / float64(of); {
	case p < 1:
		return "less than 1"
	case p > 99 && n < of:
		return "more than 99"
	default:
		return fmt.Sprintf("%.0f", p)
	}
}

func roughly(d time.Duration) string {
	switch {
	case d < 10*time.Second:
		return fmt.Sprintf("%d s", max(1, int(d.Seconds()+0.5)))
	case d < 2*time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()+2.5)/5*5)
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()+0.5))
	}
	return fmt.Sprintf("%.1f h", d.Hours())
}

func megabytes(n int64) string {
	switch v := float64(n); {
	case v >= 1e9:
		return fmt.Sprintf("%.1f GB", v/1e9)
	case v >= 1e7:
		return fmt.Sprintf("%.0f MB", v/1e6)
	case v >= 1e5:
		return fmt.Sprintf("%.1f MB", v/1e6)
	default:
		return fmt.Sprintf("%.0f kB", max(1, v/1e3))
	}
}

// Forecast tells what a render would do, by what is known without encoding
// anything.
func (r *Renderer) Forecast(ctx context.Context, film Film) (Forecast, error) {
	j := &job{Renderer: r, film: film, track: newTracker(nil, time.Now)}
	if err := j.prepare(ctx, ""); err != nil {
		return Forecast{}, err
	}
	f, _ := j.forecast()
	f.settle(j.plan.Output)
	return f, nil
}

// todo is what of a film has to be encoded.
type todo struct {
	parts    []region
	distinct int64 // frames, each group that is repeated counted once
}

// region is a part of the film, in its frames.
type region struct{ first, frames int64 }

// forecast adds up what the plan says; its size is not settled yet.
func (j *job) forecast() (f Forecast, rest todo) {
	p := j.plan
	f = Forecast{Output: p.Output, Frames: p.Frames, Duration: editor.Frames(p.Frames, p.Output.Rate)}
	pixels := float64(p.Output.Width * p.Output.Height)
	cost := float64(p.Samples) * costSample
	met := make(map[int]bool, len(p.Pictures))
	var at int64
	for _, piece := range p.Reel {
		s := p.Pictures[piece.Picture]
		n := s.Frames * piece.Times
		size, kept := j.inCache(s)
		switch {
		case s.Copied():
			f.Copied += n
			f.Size += packetBytes(s.Packets) * piece.Times
			cost += float64(n) * costCopy
		case kept:
			f.Kept += n
			f.Size += size * piece.Times
		default:
			f.Encoded += n
			f.Size += int64(pixels * p.Output.Bits() / 8 * float64(n))
			rest.parts = append(rest.parts, region{at, n})
			if !met[piece.Picture] {
				rest.distinct += s.Frames
			}
			met[piece.Picture] = true
		}
		at += n
	}
	f.Size += j.soundSize(f.Duration)
	cost += float64(rest.distinct) * pixels * costPixel * p.Output.Labour()
	f.Time = time.Duration(cost * (1 + costJoin + costCheck) * float64(time.Second))
	return f, rest
}

// soundSize is how many bytes the film's sound takes, or about as many.
func (j *job) soundSize(length editor.Time) int64 {
	if !j.plan.Output.Format.Heard() {
		return 0
	}
	if info, err := os.Stat(j.cache.path(j.soundKey(), filepath.Ext(editor.SoundName))); err == nil {
		return info.Size()
	}
	return j.plan.Output.SoundSize(length)
}

// settle bounds the size by the one that is asked for.
func (f *Forecast) settle(out editor.Output) {
	if out.MaxSize > 0 {
		f.Size = min(f.Size, out.MaxSize)
	}
}

// inCache says whether a segment need not be made, and how large it is.
func (j *job) inCache(s editor.Step) (size int64, kept bool) {
	info, err := os.Stat(j.cache.path(j.sources.key(s, j.tools.Version.Text), filepath.Ext(s.Name)))
	if err != nil {
		return 0, false
	}
	return info.Size(), true
}

func packetBytes(all []editor.Packet) (n int64) {
	for _, p := range all {
		n += int64(p.Size)
	}
	return n
}
