package editor

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
)

var autos = []Output{
	{Width: 1920, Height: 1080, Rate: Ratio{30, 1}, SampleRate: 48000},
	{Width: 3840, Height: 2160, Rate: Ratio{60, 1}, SampleRate: 48000},
	{Width: 1080, Height: 1920, Rate: Ratio{60000, 1001}, SampleRate: 44100},
	{Width: 640, Height: 360, Rate: Ratio{24000, 1001}, SampleRate: 48000},
	{Width: 16, Height: 8192, Rate: Ratio{25, 1}, SampleRate: 44100},
}

func TestEveryPresetIsPossible(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range Presets() {
		if seen[p.Name] || p.Title == "" || p.About == "" {
			t.Errorf("%q: twice, or without a text", p.Name)
		}
		seen[p.Name] = true
		if found, ok := PresetNamed(p.Name); !ok || found.Title != p.Title {
			t.Errorf("%q is not found", p.Name)
		}
		for _, auto := range autos {
			if err := p.Output(auto).Check(); err != nil {
				t.Errorf("%s of %dx%d: %v", p.Name, auto.Width, auto.Height, err)
			}
		}
	}
	if _, ok := PresetNamed("none"); ok {
		t.Error("a preset was found that is not there")
	}
}

func TestPresetSizes(t *testing.T) {
	for _, c := range []struct {
		preset string
		auto   int
		w, h   int
		rate   Ratio
		copies bool
	}{
		{"source", 1, 3840, 2160, Ratio{60, 1}, true},
		{"archive", 1, 3840, 2160, Ratio{60, 1}, true},
		{"web-1080p", 1, 1920, 1080, Ratio{60, 1}, false},
		{"web-1080p", 2, 1080, 1920, Ratio{60000, 1001}, false},
		{"web-1080p", 3, 640, 360, Ratio{24000, 1001}, false},
		{"web-720p", 0, 1280, 720, Ratio{30, 1}, false},
		{"web-720p", 2, 720, 1280, Ratio{30000, 1001}, false},
		{"web-720p", 3, 640, 360, Ratio{24000, 1001}, false},
		{"vertical", 0, 1080, 1920, Ratio{30, 1}, false},
		{"gif", 0, 480, 270, Ratio{25, 1}, false},
		{"webm", 1, 1920, 1080, Ratio{60, 1}, false},
	} {
		p, ok := PresetNamed(c.preset)
		if !ok {
			t.Fatal(c.preset)
		}
		o := p.Output(autos[c.auto])
		if o.Width != c.w || o.Height != c.h || o.Rate != c.rate || o.Copies() != c.copies {
			t.Errorf("%s: %dx%d at %v, copies %v", c.preset, o.Width, o.Height, o.Rate, o.Copies())
		}
	}
}

func TestImpossibleOutputs(t *testing.T) {
	for _, c := range []struct {
		says string
		edit func(*Output)
	}{
		{"even", func(o *Output) { o.Width = 101 }},
		{"48000 or 44100", func(o *Output) { o.SampleRate = 8000 }},
		{"usual rates", func(o *Output) { o.Rate = Ratio{31, 1} }},
		{`"avi"`, func(o *Output) { o.Format = "avi" }},
		{"vp9 or av1", func(o *Output) { o.Format, o.Codec = WebM, H264 }},
		{"it can hold none", func(o *Output) { o.Format, o.Codec = M4A, H264 }},
		{"cannot hold theora", func(o *Output) { o.Codec = "theora" }},
		{"1 (best) to 51", func(o *Output) { o.Quality = 52 }},
		{"1 (best) to 51", func(o *Output) { o.Quality = -1 }},
		{"effort", func(o *Output) { o.Effort = "placebo" }},
		{"bit/s", func(o *Output) { o.SoundBits = 1000 }},
		{"10000 at least", func(o *Output) { o.MaxSize = 9 }},
		{"10000 at least", func(o *Output) { o.MaxSize = -1 }},
		{"beforehand", func(o *Output) { o.MaxSize, o.Codec = 1e6, HEVC }},
		{"beforehand", func(o *Output) { o.MaxSize, o.Format = 1e6, GIF }},
		{"fit a picture", func(o *Output) { o.Fit = "stretch" }},
		{"no encoder in hardware", func(o *Output) { o.Encoder = "libx264" }},
		{"hevc pictures", func(o *Output) { o.Encoder = "hevc_qsv" }},
		{"h264 pictures", func(o *Output) { o.Encoder, o.Format = "h264_qsv", JPEG }},
		{"look twice", func(o *Output) { o.Encoder, o.MaxSize = "h264_qsv", 1e6 }},
		{"at -1 s", func(o *Output) { o.Moment = Rational(-1, 1) }},
	} {
		o := DefaultOutput
		c.edit(&o)
		if err := o.Check(); !errors.Is(err, ErrOutput) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: %v; want it to say %q", o, err, c.says)
		}
	}
	for _, edit := range []func(*Output){
		func(o *Output) { o.Quality, o.Codec = 60, VP9 },
		func(o *Output) { o.MaxSize, o.Format = 1e6, WebM },
		func(o *Output) { o.Codec = AV1 },
		func(o *Output) { o.Codec, o.Encoder = HEVC, "hevc_vaapi" },
	} {
		o := DefaultOutput
		edit(&o)
		if err := o.Check(); err != nil {
			t.Error(err)
		}
	}
}

// TestOldOutputsStay: what an older Parley reads and writes has no new fields.
func TestOldOutputsStay(t *testing.T) {
	const old = `{"width":1280,"height":720,"rate":{"num":25,"den":1},"sample_rate":44100}`
	var o Output
	if err := json.Unmarshal([]byte(old), &o); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(o)
	if err != nil || string(data) != old {
		t.Errorf("%s, %v", data, err)
	}
	o.Encoder = "h264_vaapi"
	if data, err := json.Marshal(o); err != nil || string(data) != old {
		t.Errorf("this machine's encoder is in the project: %s, %v", data, err)
	}
}

// TestEncoders writes down the exact arguments of every codec and container.
func TestEncoders(t *testing.T) {
	var b strings.Builder
	line := func(name string, o Output) {
		b.WriteString(name + "\n")
		if o.Format.Seen() {
			b.WriteString("\tsegment " + strings.Join(o.encode(60), " ") + "\n")
		}
		if o.Format.Heard() {
			b.WriteString("\tsound " + strings.Join(o.compressSound(), " ") + "\n")
		}
		b.WriteString("\tfile " + strings.Join(append(o.stamps(o.reorder()), o.container()...), " ") + "\n")
	}
	for _, p := range Presets() {
		line(p.Name, p.Output(DefaultOutput))
	}
	for _, c := range Codecs() {
		for _, e := range []Effort{Quick, Medium, Slow} {
			o := DefaultOutput
			o.Codec, o.Effort = c, e
			line(string(c)+" "+string(e), o)
		}
	}
	for _, h := range Hardwares() {
		o := DefaultOutput
		o.Codec, o.Encoder = h.Codec, h.Name
		line(h.Name, o)
		b.WriteString("\ttrial " + strings.Join(h.Trial(), " ") + "\n")
	}
	golden(t, "encoders", b.String())
}

// TestOpusDelay puts Opus off where the muxer does not, and only in WebM.
func TestOpusDelay(t *testing.T) {
	for _, tt := range []struct {
		format Format
		delays bool
		want   bool
	}{{WebM, false, true}, {WebM, true, false}, {MP4, false, false}, {Opus, false, false}} {
		p := &Plan{Output: DefaultOutput}
		p.Output.Format = tt.format
		if got := slices.Contains(p.MuxArgs(tt.delays), "-itsoffset"); got != tt.want {
			t.Errorf("%s, %v: %v", tt.format, tt.delays, got)
		}
	}
}
