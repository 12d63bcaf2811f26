package render

import (
	"fmt"
	"math"
	"testing"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// pips are short tones that begin at each full second.
const pips = "aevalsrc='0.5*sin(2*PI*1500*t)*lt(mod(t,1),0.05)'"

// onsets are where in a sound something begins after a while of silence.
func onsets(sound []float64) []int64 {
	var all []int64
	last := -20000
	for i, v := range sound {
		if math.Abs(v) > 0.1 {
			if i-last > 10000 {
				all = append(all, int64(i))
			}
			last = i
		}
	}
	return all
}

// TestSoundsOfAllKinds puts sounds of unlike rates, channels and codecs, and
// none, beside each other: each second's pip is in its place, to half a packet
// where it was copied and to a millisecond where it was not.
func TestSoundsOfAllKinds(t *testing.T) {
	dir := t.TempDir()
	stereo := aacFile(t, dir, "stereo.m4a", pips+":s=48000", 12)
	mute := shot{name: "mute.mp4", w: 160, h: 90, rate: "30", frames: 90}.make(t, dir)
	from := func(path string, in, out int64, copied bool) part {
		p := part{path: path, in: editor.Rational(in, 1000), out: editor.Rational(out, 1000)}
		if copied {
			p.overlaps = -1
		}
		return p
	}
	parts := []part{
		from(stereo, 517, 5233, true),
		from(aacFile(t, dir, "cd.m4a", pips+":s=44100", 6, "-ar", "44100"), 300, 4000, false),
		from(aacFile(t, dir, "phone.wav", pips+":s=8000", 6, "-ar", "8000", "-ac", "1", "-c:a", "pcm_s16le"), 400, 3900, false),
		from(mute, 0, 2000, false),
		from(aacFile(t, dir, "cinema.mp4", pips+":s=48000", 6, "-ac", "6", "-b:a", "384k"), 250, 4100, false),
		from(aacFile(t, dir, "mono.mp4", pips+":s=48000", 6, "-ac", "1"), 1600, 5300, false),
		from(stereo, 6641, 11900, true),
	}
	path, report := soundFilm(t, parts, nil)
	if got := report.SoundCopied.Float(); got < 8.5 || got > 10 {
		t.Errorf("%.1f s were copied of 9.98 s that can be", got)
	}
	var want []int64
	var slack []int64
	for _, p := range parts {
		for s := int64(math.Ceil(p.in.Float())); editor.Rational(s, 1).Cmp(p.out) < 0 && p.path != mute; s++ {
			want = append(want, p.at+editor.Rational(s, 1).Sub(p.in).SamplesRound(48000))
			slack = append(slack, map[bool]int64{true: 512 + 48, false: 48 + 20}[p.overlaps < 0])
		}
	}
	got := onsets(left(t, path))
	if len(got) != len(want) {
		t.Fatalf("%d pips instead of %d: %v", len(got), len(want), got)
	}
	for i := range got {
		if off := got[i] - want[i]; off < -slack[i] || off > slack[i] {
			t.Errorf("pip %d is %d samples late", i, off)
		}
	}
}

// sharpest is the most of what a click is made of between two samples: what is
// left above about 10 kHz.
func sharpest(sound []float64, from, to int64) float64 {
	var most float64
	for i := max(from, 4); i < min(to, int64(len(sound))-4); i++ {
		v := sound[i-3] - 6*sound[i-2] + 15*sound[i-1] - 20*sound[i] + 15*sound[i+1] - 6*sound[i+2] + sound[i+3]
		most = max(most, math.Abs(v))
	}
	return most
}

// TestJoinsDoNotClick cuts a tone at any phase, copied and encoded.
func TestJoinsDoNotClick(t *testing.T) {
	a := aacFile(t, t.TempDir(), "tone.m4a", "aevalsrc='0.4*sin(2*PI*313*t)':s=48000", 30)
	for name, edit := range map[string]func(*editor.Clip){"copied": nil, "encoded": func(c *editor.Clip) { c.Sound.Gain = 1 }} {
		var parts []part
		for i := range int64(6) {
			parts = append(parts, part{path: a, in: editor.Rational(1000+4000*i+37*i, 1000), out: editor.Rational(4000+4000*i+11*i, 1000), edit: edit})
		}
		path, report := soundFilm(t, parts, nil)
		if (report.SoundCopied != editor.Time{}) != (edit == nil) {
			t.Errorf("%s: %s s were copied", name, report.SoundCopied)
		}
		film := left(t, path)
		naive := append(append([]float64{}, film[20000:40000]...), film[41013:50000]...)
		if sharpest(naive, 19900, 20100) < 20*sharpest(naive, 5000, 15000) {
			t.Fatal("what a click is made of is not what is measured")
		}
		calm := 0.0
		for _, p := range parts {
			calm = max(calm, sharpest(film, p.at+48000, p.at+96000))
		}
		for i, p := range parts {
			if got := sharpest(film, p.at-2400, p.at+2400); got > 3*calm+0.004 {
				t.Errorf("%s: %.5f at join %d, %.5f elsewhere", name, got, i, calm)
			}
		}
	}
}

// TestSoundTransition has two sounds pass each other as loud as each of them.
func TestSoundTransition(t *testing.T) {
	dir := t.TempDir()
	noise := func(name string, seed int) string {
		return aacFile(t, dir, name, fmt.Sprintf("anoisesrc=a=0.2:c=pink:s=%d:r=48000", seed), 12)
	}
	over := func(c *editor.Clip) {
		c.Transition = editor.Transition{Kind: "crossfade", Length: editor.Rational(2, 1)}
	}
	parts := []part{
		{path: noise("a.m4a", 1), out: editor.Rational(10, 1)},
		{path: noise("b.m4a", 2), out: editor.Rational(10, 1), edit: over},
	}
	path, report := soundFilm(t, parts, nil)
	if parts[1].at != 8*48000 || report.Duration != editor.Rational(18, 1) {
		t.Errorf("the second begins at sample %d of %s s", parts[1].at, report.Duration)
	}
	if got := report.SoundCopied.Float(); got < 15 {
		t.Errorf("%.1f s were copied", got)
	}
	film := left(t, path)
	level := func(from, to float64) float64 {
		var sum float64
		for _, v := range film[int(from*48000):int(to*48000)] {
			sum += v * v
		}
		return 10 * math.Log10(sum/(to-from)/48000)
	}
	want := (level(2, 7) + level(11, 16)) / 2
	for _, from := range []float64{8, 8.4, 8.8, 9.2, 9.6} {
		if got := level(from, from+0.4); math.Abs(got-want) > 0.8 {
			t.Errorf("%.2f dB at %.1f s, %.2f dB before and behind", got, from, want)
		}
	}
}

// speech is bursts of noise, loud and quiet, as people talk.
const speech = "aevalsrc='(0.02+0.25*lt(mod(t,0.9),0.55)*(0.3+0.7*abs(sin(t/7))))*(random(0)-0.5)*2':s=48000"

// TestLoudnessOfAFilm brings films to what is asked for, whatever they are.
func TestLoudnessOfAFilm(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	quiet := aacFile(t, dir, "quiet.m4a", speech, 20, "-af", "volume=-14dB")
	loud := aacFile(t, dir, "loud.m4a", lively, 20, "-af", "volume=6dB")
	for _, target := range editor.Loudnesses() {
		parts := []part{{path: quiet, out: editor.Rational(12, 1)}, {path: loud, out: editor.Rational(5, 1)}, {path: quiet, in: editor.Rational(12, 1), out: editor.Rational(20, 1)}}
		path, report := soundFilm(t, parts, func(line *editor.Timeline) {
			m := line.Master()
			m.Loudness = target
			var err error
			if *line, err = line.WithMaster(m); err != nil {
				t.Fatal(err)
			}
		})
		if report.SoundCopied != (editor.Time{}) {
			t.Errorf("%s s were copied", report.SoundCopied)
		}
		got := loudnessOf(t, path)
		if math.Abs(got.Integrated-target) > 0.5 || got.Peak > -1 {
			t.Errorf("%+v instead of %g LUFS", got, target)
		}
	}
}

func loudnessOf(t testing.TB, path string) ffmpeg.Loudness {
	t.Helper()
	m, err := tools(t).Probe(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	a, ok := m.Audio()
	if !ok {
		t.Fatal("no sound")
	}
	l, err := tools(t).Loudness(t.Context(), m, a.Index)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestMusicUnderAFilm lays a tone under a film that speaks in its middle: it
// goes down for that, and where no music lies the sound is copied.
func TestMusicUnderAFilm(t *testing.T) {
	dir := t.TempDir()
	talk := aacFile(t, dir, "talk.m4a", "aevalsrc='0.3*(random(0)-0.5)*between(t,12,16)':s=48000", 40)
	music := aacFile(t, dir, "music.m4a", "aevalsrc='0.2*sin(2*PI*6000*t)':s=48000", 20)
	for _, duck := range []bool{true, false} {
		path, report := soundFilm(t, []part{{path: talk, out: editor.Rational(40, 1)}}, func(line *editor.Timeline) {
			m := editor.Music{ID: "m1", Source: music, At: editor.Rational(5, 1), Out: editor.Rational(20, 1), Available: editor.Rational(20, 1),
				Gain: -6.0206, FadeIn: editor.Rational(1, 1), FadeOut: editor.Rational(1, 1), Duck: duck}
			var err error
			if *line, err = line.WithMusic(m); err != nil {
				t.Fatal(err)
			}
		})
		if got := report.SoundCopied.Float(); got < 17 || got > 20 {
			t.Errorf("%.1f s were copied of the 20 s without music", got)
		}
		film := left(t, path)
		alone, under, behind, never := tone(film, 6000, 8, 10), tone(film, 6000, 13, 15), tone(film, 6000, 19, 22), tone(film, 6000, 30, 35)
		depth := 20 * math.Log10(alone/under)
		if want := map[bool]float64{true: 12, false: 0}[duck]; math.Abs(depth-want) > 0.7 {
			t.Errorf("ducked %v: it goes down by %.1f dB", duck, depth)
		}
		if math.Abs(alone-0.0707) > 0.003 || math.Abs(behind-0.0707) > 0.003 || never > 0.002 {
			t.Errorf("ducked %v: %.3f before, %.3f behind, %.3f without", duck, alone, behind, never)
		}
	}
}

// tone is how high a tone is between two times in seconds.
func tone(sound []float64, hz, from, to float64) float64 {
	var re, im float64
	a, b := int(from*48000), int(to*48000)
	for i, v := range sound[a:b] {
		s, c := math.Sincos(2 * math.Pi * hz * float64(i) / 48000)
		re += v * c
		im += v * s
	}
	return 2 * math.Hypot(re, im) / float64(b-a)
}
