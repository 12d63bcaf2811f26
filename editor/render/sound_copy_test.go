package render

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"path/filepath"
	"testing"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// lively is a sound with tones, noise and sharp beginnings, never the same
// twice.
const lively = "aevalsrc='0.2*sin(2*PI*(200+40*sin(t/3))*t)+0.05*(random(0)-0.5)+0.4*exp(-60*mod(t,0.37))*sin(2*PI*(2500+100*t)*t)" +
	"|0.2*sin(2*PI*(310+20*sin(t/2))*t)+0.05*(random(1)-0.5)+0.3*exp(-60*mod(t,0.37))*sin(2*PI*(2500+100*t)*t)':s=48000"

// aacFile makes a file of sound.
func aacFile(t testing.TB, dir, name, source string, seconds float64, options ...string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	args := []string{"-f", "lavfi", "-i", source, "-t", fmt.Sprint(seconds), "-c:a", "aac", "-b:a", "160k", "-aac_pns", "0", "-ar", "48000", "-ac", "2"}
	run(t, append(append(args, options...), ffmpeg.InputArg(path))...)
	return path
}

// pairs are the left channel of a file's sound as float64 at 48 kHz, with
// nothing done to it, from its time stamp 0 on.
func left(t testing.TB, path string) []float64 {
	t.Helper()
	data := output(t, "-i", ffmpeg.InputArg(path), "-map", "0:a", "-af", "aresample=48000,aformat=channel_layouts=stereo,pan=mono|c0=c0", "-f", "f32le", "pipe:1")
	all := make([]float32, len(data)/4)
	if err := binary.Read(bytes.NewReader(data), binary.LittleEndian, all); err != nil {
		t.Fatal(err)
	}
	wide := make([]float64, len(all))
	for i, v := range all {
		wide[i] = float64(v)
	}
	return wide
}

// parts is a project of parts of files, in seconds.
type part struct {
	path     string
	in, out  editor.Time
	edit     func(*editor.Clip)
	at       int64 // where in the film it begins, in samples; filled in by soundFilm
	overlaps int64 // samples for which it is heard with the one before
}

// soundFilm renders parts of files as a film of sound alone.
func soundFilm(t testing.TB, parts []part, edit func(*editor.Timeline)) (string, Report) {
	t.Helper()
	var paths []string
	for _, p := range parts {
		paths = append(paths, p.path)
	}
	p := project(t, paths...)
	clips := p.Timeline.Clips()
	for i, part := range parts {
		clips[i].In, clips[i].Out = part.in, part.out
		if part.edit != nil {
			part.edit(&clips[i])
		}
	}
	line, err := editor.NewTimeline(clips...)
	if err != nil {
		t.Fatal(err)
	}
	i := 0
	for start := range line.All() {
		parts[i].at = editor.Frames(start.FrameRound(editor.DefaultOutput.Rate), editor.DefaultOutput.Rate).SamplesRound(48000)
		i++
	}
	if edit != nil {
		edit(&line)
	}
	for _, m := range line.Music() {
		media, err := tools(t).Probe(t.Context(), m.Source)
		if err != nil {
			t.Fatal(err)
		}
		p.Library[m.Source] = editor.Source{Path: m.Source, Media: media}
	}
	out := editor.DefaultOutput
	out.Format = editor.M4A
	p.Timeline, p.Output = line, &out
	path := filepath.Join(t.TempDir(), "film.m4a")
	report, err := New(tools(t), filepath.Join(t.TempDir(), "cache"), editor.Effects{}).Render(t.Context(), FilmOf(p), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return path, report
}

// lag is by how many samples a sound is late against another, at most most,
// judged by n samples from place a of the one and b of the other.
func lag(got, want []float64, a, b, n, most int64) int64 {
	best, at := math.Inf(1), int64(0)
	for d := -most; d <= most; d++ {
		var sum float64
		for i := int64(0); i < n; i += 7 {
			e := got[a+i+d] - want[b+i]
			sum += e * e
		}
		if sum < best {
			best, at = sum, d
		}
	}
	return at
}

// snr compares n samples of two sounds, in dB.
func snr(got, want []float64, a, b, n int64) float64 {
	var signal, noise float64
	for i := range n {
		e := got[a+i] - want[b+i]
		signal += want[b+i] * want[b+i]
		noise += e * e
	}
	return 10 * math.Log10((signal+1e-12)/(noise+1e-12))
}

// TestCopiedSound joins parts of a file at any places: what is in the middle
// of a part is what was in the file to the last bit, what is near a join
// nearly so, and every part is in its place to half a packet.
func TestCopiedSound(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a.m4a", "a.mkv", "a.ts", "a.flv", "a.mov"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := aacFile(t, t.TempDir(), name, lively, 60)
			parts := []part{
				{path: a, in: editor.Rational(3217, 1000), out: editor.Rational(139, 10)},
				{path: a, in: editor.Rational(205, 10), out: editor.Rational(3133, 100)},
				{path: a, in: editor.Rational(3133, 100), out: editor.Rational(40, 1)},
				{path: a, in: editor.Rational(5, 1), out: editor.Rational(9123, 1000)},
			}
			path, report := soundFilm(t, parts, nil)
			if kept := report.SoundCopied.Float() / report.Duration.Float(); kept < 0.8 {
				t.Errorf("%.0f %% was copied", 100*kept)
			}
			checkParts(t, path, parts)
		})
	}
}

// checkParts compares a film with what it was made from.
func checkParts(t *testing.T, path string, parts []part) {
	t.Helper()
	film := left(t, path)
	for i, p := range parts {
		source := left(t, p.path)
		in, n := p.in.SamplesRound(48000), p.out.Sub(p.in).SamplesRound(48000)
		middle := n / 2
		late := lag(film, source, p.at+middle, in+middle, 8000, 600)
		if late < -512-48 || late > 512+48 {
			t.Errorf("part %d is %d samples late", i, late)
		}
		if got := snr(film, source, p.at+middle+late, in+middle, 20000); got < 90 {
			t.Errorf("part %d: %.1f dB in its middle, where it was copied", i, got)
		}
		for at := int64(1000); at+4800 < n-1000; at += 4800 {
			if got := snr(film, source, p.at+at+late, in+at, 4800); got < 14 {
				t.Errorf("part %d: %.1f dB at %.2f s of it", i, got, float64(at)/48000)
			}
		}
	}
	if n := int64(len(film)); n < parts[len(parts)-1].at || n%1024 != 0 && n%1600 != 0 {
		t.Errorf("%d samples", n)
	}
}
