package editor

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

func opener(m *Media) []string { return []string{"-i", "file:" + m.Path} }

func media(path string, length Time, streams ...Stream) *Media {
	m := &Media{Path: path, Format: "mov,mp4,m4a,3gp,3g2,mj2", Duration: length, Streams: streams}
	for i := range m.Streams {
		m.Streams[i].Index = i
		m.Streams[i].Duration = length
	}
	return m
}

func picture(w, h int, rate Ratio) Stream {
	return Stream{Kind: VideoStream, Codec: "h264", Width: w, Height: h, FrameRate: rate, SAR: Ratio{1, 1}}
}

// smartPicture is one that can be copied.
func smartPicture(w, h int, rate Ratio) Stream {
	s := picture(w, h, rate)
	s.CodedWidth, s.CodedHeight, s.Profile, s.PixelFormat = w, h, "High", "yuv420p"
	return s
}

func audio() Stream { return Stream{Kind: AudioStream, Codec: "aac", SampleRate: 44100, Channels: 2} }

// seedLibrary is the sources of the first users' film.
func seedLibrary() Library {
	still := media("/s/still.jpg", Time{}, Stream{Kind: VideoStream, Codec: "mjpeg", Width: 1920, Height: 1024, ColorSpace: "bt470bg", FullRange: true})
	still.Still, still.Format = true, "image2"
	return Library{
		"/s/one.mp4":   {Path: "/s/one.mp4", Media: media("/s/one.mp4", Rational(4, 1), picture(576, 576, Ratio{30000, 1001}), audio())},
		"/s/two.mp4":   {Path: "/s/two.mp4", Media: media("/s/two.mp4", Rational(4, 1), picture(576, 576, Ratio{30000, 1001}), audio())},
		"/s/still.jpg": {Path: "/s/still.jpg", Media: still},
	}
}

func whole(t *testing.T, lib Library, paths ...string) Timeline {
	t.Helper()
	var line Timeline
	for _, path := range paths {
		c, err := NewClip(line.NextID(), lib[path])
		if err != nil {
			t.Fatal(err)
		}
		if line, err = line.Append(c); err != nil {
			t.Fatal(err)
		}
	}
	return line
}

func callLibrary() Library {
	r := &Recording{Format: recordingFormat, Version: 1, Me: "Ann", Them: "Bob", Dir: "/r", Tracks: []Track{
		{ID: "mv", Who: Me, Kind: VideoStream, File: "mv.mkv", OffsetNS: 0, DurationNS: 10e9},
		{ID: "ma", Who: Me, Kind: AudioStream, File: "ma.mkv", OffsetNS: 20e6, DurationNS: 10e9},
		{ID: "tv", Who: Them, Kind: VideoStream, File: "tv.mkv", OffsetNS: 2e9, DurationNS: 8e9},
		{ID: "ta", Who: Them, Kind: AudioStream, File: "ta.mkv", OffsetNS: 1e9, DurationNS: 9e9},
	}}
	tracks := map[string]*Media{}
	for _, t := range r.Tracks {
		s := picture(1280, 720, Ratio{30, 1})
		s.VariableRate, s.VariableSize = true, true
		if t.Kind == AudioStream {
			s = audio()
		}
		m := media("/r/"+t.File, Rational(t.DurationNS, 1e9), s)
		m.Format = "matroska,webm"
		m.Start, m.Streams[0].Start = Rational(t.OffsetNS, 1e9), Rational(t.OffsetNS, 1e9)
		tracks[t.ID] = m
	}
	return Library{"/r": {Path: "/r", Recording: r, Tracks: tracks}}
}

func TestPlans(t *testing.T) {
	seed, call := seedLibrary(), callLibrary()
	odd := Library{}
	add := func(path string, edit func(*Media)) {
		m := media(path, Rational(3, 1), picture(640, 480, Ratio{25, 1}), audio())
		edit(m)
		odd[path] = Source{Path: path, Media: m}
	}
	add("/o/mute.mp4", func(m *Media) { m.Streams = m.Streams[:1] })
	add("/o/sound.m4a", func(m *Media) { m.Streams = m.Streams[1:] })
	add("/o/hdr.mp4", func(m *Media) { m.Streams[0].ColorTransfer, m.Streams[0].ColorSpace = "arib-std-b67", "bt2020nc" })
	add("/o/fields.ts", func(m *Media) {
		m.Format, m.Streams[0].Interlaced = "mpegts", true
		m.Start, m.Streams[0].Start, m.Streams[1].Start = Rational(7, 5), Rational(3, 2), Rational(7, 5)
	})
	add("/o/late.mp4", func(m *Media) { m.Streams[0].Start, m.Streams[0].Duration = Rational(1, 1), Rational(1, 1) })
	add("/o/alpha.png", func(m *Media) {
		m.Still, m.Format, m.Streams = true, "image2", m.Streams[:1]
		m.Streams[0].Alpha = true
	})
	trim := func(line Timeline, in, out Time) Timeline {
		clips := line.Clips()
		clips[0].In, clips[0].Out = in, out
		return film(t, clips...)
	}
	only := func(line Timeline, a Arrangement) Timeline {
		clips := line.Clips()
		clips[0].Arrangement = a
		return film(t, clips...)
	}
	tests := []struct {
		name string
		line Timeline
		lib  Library
	}{
		{"seed", whole(t, seed, "/s/one.mp4", "/s/still.jpg", "/s/two.mp4"), seed},
		{"trim", trim(whole(t, seed, "/s/one.mp4"), Rational(2002, 1000), Rational(3003, 1000)), seed},
		{"call", whole(t, call, "/r"), call},
		{"call-begun-later", trim(whole(t, call, "/r"), Rational(5, 1), Rational(6, 1)), call},
		{"call-before-them", trim(whole(t, call, "/r"), Time{}, Rational(1, 2)), call},
		{"call-them", only(whole(t, call, "/r"), OnlyThem), call},
		{"mute", whole(t, odd, "/o/mute.mp4"), odd},
		{"sound", whole(t, odd, "/o/sound.m4a"), odd},
		{"hdr", whole(t, odd, "/o/hdr.mp4"), odd},
		{"fields", whole(t, odd, "/o/fields.ts"), odd},
		{"late", whole(t, odd, "/o/late.mp4"), odd},
		{"alpha", whole(t, odd, "/o/alpha.png"), odd},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			plan, err := NewPlan(tt.line, tt.lib, AutoOutput(tt.line, tt.lib), Effects{}, opener)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, tt.name, describe(plan))
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "plan", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the plan changed (-update writes it anew, and PlanVersion may have to rise):\n%s", diff)
	}
}

// steps are all that make segments.
func (p *Plan) steps() []Step {
	all := slices.Clone(p.Pictures)
	for _, h := range slices.Concat(p.Sounds, p.Music) {
		all = append(all, h.Step)
	}
	return all
}

// describe writes a plan as text: an argument a line, options with their
// values.
func describe(p *Plan) string {
	var b strings.Builder
	fmt.Fprintf(&b, "film %dx%d at %s, %d frames, %d samples\n", p.Output.Width, p.Output.Height, p.Output.Rate.arg(), p.Frames, p.Samples)
	for _, s := range p.steps() {
		fmt.Fprintf(&b, "\n%s: %s, %d frames, %d samples, reads %q\n", s.Name, s.Clip, s.Frames, s.Samples, s.Inputs)
		args(&b, s.Args)
	}
	fmt.Fprintf(&b, "\npictures:\n%s\nsounds:\n", p.PictureListText())
	for _, h := range slices.Concat(p.Sounds, p.Music) {
		b.WriteString(heard(h))
	}
	b.WriteString("\nsound:\n")
	args(&b, p.PacketsArgs("samples"))
	args(&b, p.SoundFileArgs("packets"))
	b.WriteString("\njoin:\n")
	args(&b, p.MuxArgs(false))
	return b.String()
}

// heard is how a sound is mixed.
func heard(h Heard) string {
	text := fmt.Sprintf("  %s from sample %d, %d samples", h.Name, h.First, h.Samples)
	if h.Silent {
		text += ", silent"
	}
	if h.Duck {
		text += ", ducked"
	}
	if h.Gain != 0 || h.FadeIn != 0 || h.FadeOut != 0 {
		text += fmt.Sprintf(", %g dB, fades of %d and %d samples", h.Gain, h.FadeIn, h.FadeOut)
	}
	if o := h.Original; o != nil {
		text += fmt.Sprintf(", stream %d of %s from %s s to %s s", o.Stream, o.Media.Path, o.At, o.End)
	}
	return text + "\n"
}

func args(b *strings.Builder, list []string) {
	for i, a := range list {
		switch {
		case i > 0 && !strings.HasPrefix(a, "-"):
			b.WriteString(" " + a)
		case i > 0:
			b.WriteString("\n  " + a)
		default:
			b.WriteString("  " + a)
		}
	}
	b.WriteString("\n")
}

// TestPlanAddsUp cuts films of random clips at every usual rate: frames and
// samples of the segments have to add up to those of the film, and each clip
// has to begin within half a frame of its time.
func TestPlanAddsUp(t *testing.T) {
	lib := seedLibrary()
	for _, rate := range Rates() {
		var clips []Clip
		for i := range 97 {
			c := Clip{ID: ClipID(fmt.Sprint("x", i)), Kind: MovingClip, Source: "/s/one.mp4", Available: Rational(4, 1)}
			c.In, c.Out = Rational(int64(i), 100), Rational(int64(i), 100).Add(Rational(int64(37*i%290+1), 97))
			clips = append(clips, c)
		}
		line := film(t, clips...)
		p, err := NewPlan(line, lib, Output{Width: 640, Height: 360, Rate: rate, SampleRate: 48000}, Effects{}, opener)
		if err != nil {
			t.Fatal(err)
		}
		var frames, samples int64
		for _, piece := range p.Reel {
			frames += p.Pictures[piece.Picture].Frames * piece.Times
		}
		for _, s := range p.Sounds {
			samples += s.Samples
		}
		if frames != p.Frames || samples != p.Samples {
			t.Errorf("%s: segments have %d frames and %d samples, the film %d and %d", rate.arg(), frames, samples, p.Frames, p.Samples)
		}
		if p.Frames != line.Duration().FrameRound(rate) {
			t.Errorf("%s: %d frames for %s s", rate.arg(), p.Frames, line.Duration())
		}
		if off := Frames(p.Frames, rate).Sub(Rational(p.Samples, 48000)).Float(); off > 1.0/48000 || off < -1.0/48000 {
			t.Errorf("%s: sound and picture end %g s apart", rate.arg(), off)
		}
	}
}

func TestPlanRefuses(t *testing.T) {
	lib := seedLibrary()
	line := whole(t, lib, "/s/still.jpg")
	long, err := line.SetDuration("c1", Rational(1e7, 1))
	if err != nil {
		t.Fatal(err)
	}
	short, err := line.SetDuration("c1", Rational(1, 1000))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		line Timeline
		lib  Library
		out  Output
		want error
	}{
		{"empty", Timeline{}, lib, DefaultOutput, ErrPlan},
		{"shorter than a frame", short, lib, DefaultOutput, ErrPlan},
		{"too long", long, lib, DefaultOutput, ErrPlan},
		{"not probed", line, nil, DefaultOutput, ErrPlan},
		{"odd width", line, lib, Output{Width: 641, Height: 480, Rate: Ratio{30, 1}, SampleRate: 48000}, ErrOutput},
		{"odd rate", line, lib, Output{Width: 640, Height: 480, Rate: Ratio{31, 1}, SampleRate: 48000}, ErrOutput},
		{"odd sample rate", line, lib, Output{Width: 640, Height: 480, Rate: Ratio{30, 1}, SampleRate: 8000}, ErrOutput},
	}
	for _, tt := range tests {
		if _, err := NewPlan(tt.line, tt.lib, tt.out, Effects{}, opener); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

// TestHostileNames holds that a path is an input and nothing else.
func TestHostileNames(t *testing.T) {
	for _, name := range []string{"/-y.mp4", "/a'b.mp4", "/a\nfile x.mp4", "/%03d.mp4", "/[0:v];movie=x.mp4"} {
		lib := Library{name: {Path: name, Media: media(name, Rational(1, 1), picture(64, 64, Ratio{30, 1}), audio())}}
		line := whole(t, lib, name)
		p, err := NewPlan(line, lib, AutoOutput(line, lib), Effects{}, opener)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range p.steps() {
			for i, a := range s.Args {
				if strings.Contains(a, name) && s.Args[i-1] != "-i" {
					t.Errorf("%q is inside %q", name, a)
				}
			}
		}
		if strings.Contains(p.PictureListText(), name) {
			t.Errorf("%q is in a list", name)
		}
	}
}

func TestAutoOutput(t *testing.T) {
	lib := Library{}
	add := func(path string, m *Media) { lib[path] = Source{Path: path, Media: m} }
	add("/phone", media("/phone", Rational(1, 1), picture(1080, 1920, Ratio{30000, 1001})))
	add("/4k", media("/4k", Rational(1, 1), picture(3840, 2160, Ratio{60, 1})))
	add("/small", media("/small", Rational(1, 1), picture(177, 145, Ratio{15, 1})))
	add("/old", media("/old", Rational(1, 1), picture(720, 576, Ratio{25, 1})))
	add("/music", media("/music", Rational(1, 1), audio()))
	add("/gif", media("/gif", Rational(1, 1), picture(185, 224, Ratio{50, 3})))
	lib["/gif"].Media.Animated = true
	smart := func(path string, length int64, w, h int, rate Ratio) {
		add(path, media(path, Rational(length, 1), smartPicture(w, h, rate)))
	}
	smart("/c/1440", 5, 2560, 1440, Ratio{60000, 1001})
	smart("/c/tall", 5, 2160, 3840, Ratio{30, 1})
	smart("/c/720", 9, 1280, 720, Ratio{25, 1})
	smart("/c/720too", 9, 1280, 720, Ratio{25, 1})
	smart("/c/5k", 5, 5120, 2880, Ratio{30, 1})
	smart("/c/slow", 5, 2560, 1440, Ratio{12, 1})
	jumpy := smartPicture(2560, 1440, Ratio{90, 1})
	jumpy.VariableRate, jumpy.AverageRate = true, Ratio{2995, 100}
	add("/c/jumpy", media("/c/jumpy", Rational(5, 1), jumpy))
	for path, s := range callLibrary() {
		lib[path] = s
	}
	for path, s := range seedLibrary() {
		lib[path] = s
	}
	tests := []struct {
		paths []string
		w, h  int
		rate  Ratio
	}{
		{nil, 1920, 1080, Ratio{30, 1}},
		{[]string{"/s/still.jpg"}, 1920, 1080, Ratio{30, 1}},
		{[]string{"/music"}, 1920, 1080, Ratio{30, 1}},
		{[]string{"/phone"}, 1080, 1920, Ratio{30000, 1001}},
		{[]string{"/4k"}, 1920, 1080, Ratio{60, 1}},
		{[]string{"/small"}, 178, 146, Ratio{30, 1}},
		{[]string{"/s/still.jpg", "/old", "/4k"}, 1350, 1080, Ratio{25, 1}},
		{[]string{"/gif"}, 186, 224, Ratio{30, 1}},
		{[]string{"/gif", "/phone", "/old"}, 1080, 1920, Ratio{30000, 1001}},
		{[]string{"/phone", "/gif"}, 1080, 1920, Ratio{30000, 1001}},
		{[]string{"/gif", "/r"}, 1920, 1080, Ratio{30, 1}},
		{[]string{"/r"}, 1920, 1080, Ratio{30, 1}},
		{[]string{"/s/one.mp4", "/s/still.jpg"}, 576, 576, Ratio{30000, 1001}},
		{[]string{"/c/1440"}, 2560, 1440, Ratio{60000, 1001}},
		{[]string{"/c/tall"}, 2160, 3840, Ratio{30, 1}},
		{[]string{"/c/1440", "/c/720", "/c/720too"}, 1280, 720, Ratio{25, 1}},
		{[]string{"/4k", "/c/1440", "/s/still.jpg"}, 2560, 1440, Ratio{60000, 1001}},
		{[]string{"/c/1440", "/r"}, 1920, 1080, Ratio{60000, 1001}},
		{[]string{"/c/5k"}, 1920, 1080, Ratio{30, 1}},
		{[]string{"/c/slow"}, 1920, 1080, Ratio{30, 1}},
		{[]string{"/c/jumpy"}, 2560, 1440, Ratio{30000, 1001}},
	}
	for _, tt := range tests {
		out := AutoOutput(whole(t, lib, tt.paths...), lib)
		if out.Width != tt.w || out.Height != tt.h || out.Rate != tt.rate {
			t.Errorf("%q: %dx%d at %s", tt.paths, out.Width, out.Height, out.Rate.arg())
		}
		if err := out.Check(); err != nil {
			t.Errorf("%q: %v", tt.paths, err)
		}
	}
}

// TestHeldPicture plans a clip whose sound goes on long after its picture:
// nothing gathers the pictures before the last one, however many there are.
func TestHeldPicture(t *testing.T) {
	m := media("/s/a.mp4", Rational(60, 1), picture(1920, 1080, Ratio{30, 1}), audio())
	m.Streams[0].Duration = Rational(2, 1)
	lib := Library{"/s/a.mp4": {Path: "/s/a.mp4", Media: m}}
	line, err := whole(t, lib, "/s/a.mp4").TrimIn("c1", Rational(1, 1))
	if err != nil {
		t.Fatal(err)
	}
	p, err := NewPlan(line, lib, DefaultOutput, Effects{}, opener)
	if err != nil {
		t.Fatal(err)
	}
	graph := strings.Join(p.Pictures[1].Args, " ")
	if strings.Contains(graph, "reverse") || !strings.Contains(graph, "tpad=stop=-1:stop_mode=clone,trim=start=0.5,trim=end_frame=1") {
		t.Error(graph)
	}
}

// TestStabilisedBehindItsPicture steadies nothing where a clip begins after its
// picture ended: no picture would come out of the run.
func TestStabilisedBehindItsPicture(t *testing.T) {
	m := media("/s/a.mp4", Rational(60, 1), picture(1920, 1080, Ratio{30, 1}), audio())
	m.Streams[0].Duration = Rational(2, 1)
	lib := Library{"/s/a.mp4": {Path: "/s/a.mp4", Media: m}}
	for in, want := range map[int64]int{1: 1, 5: 0} {
		line, err := whole(t, lib, "/s/a.mp4").Each([]ClipID{"c1"}, func(c *Clip) { c.In, c.Framing.Stabilise = Rational(in, 1), true })
		if err != nil {
			t.Fatal(err)
		}
		p, err := NewPlan(line, lib, DefaultOutput, Effects{}, opener)
		if err != nil || len(p.Early) != want {
			t.Errorf("from %d s on: %d runs, %v", in, len(p.Early), err)
		}
	}
}
