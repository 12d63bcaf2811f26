package editor

import "slices"

// Preset is a name for what a film is often made as. Its texts are English;
// a user interface finds its translations by them.
type Preset struct {
	Name  string // for the command line and for files: "web-1080p"
	Title string // "Web, 1080p"
	About string // one line: what it is good for

	make func(auto Output) Output
}

// Presets are all of them, the usual one first.
func Presets() []Preset {
	return []Preset{
		{"source", "As the recording", "Same size and rate as your clips; what did not change is copied", asSource},
		{"web-1080p", "Web, 1080p", "MP4 for sending and for web pages; plays everywhere", web1080},
		{"web-720p", "Small, 720p", "MP4 for mail and messengers; about a third of the size", web720},
		{"archive", "Archive", "MP4 in very high quality; takes its time", archive},
		{"vertical", "Vertical", "MP4 of 1080 × 1920 for phones; what is beside is blurred", vertical},
		{"webm", "WebM", "VP9 and Opus, free formats for the web archive", webm},
		{"gif", "Animated GIF", "Small and silent, for chats and notes", animated},
		{"audio", "Sound only, M4A", "AAC, for podcasts and players", sound},
		{"audio-opus", "Sound only, Opus", "The smallest good speech", soundOpus},
		{"poster", "Poster picture", "One moment of the film as a JPEG", poster},
		{"poster-png", "Poster picture, PNG", "One moment of the film, exact", posterPNG},
	}
}

// PresetNamed finds a preset by its name.
func PresetNamed(name string) (Preset, bool) {
	all := Presets()
	i := slices.IndexFunc(all, func(p Preset) bool { return p.Name == name })
	if i < 0 {
		return Preset{}, false
	}
	return all[i], true
}

// Output is what the preset makes of a film whose own output would be auto
// (AutoOutput, or Project.Spec).
func (p Preset) Output(auto Output) Output {
	return p.make(Output{Width: auto.Width, Height: auto.Height, Rate: auto.Rate, SampleRate: auto.SampleRate})
}

func asSource(o Output) Output { return o }

func web1080(o Output) Output {
	o = o.within(1920, 1080)
	o.Quality, o.Effort, o.Recode = 22, Medium, true
	return o
}

func web720(o Output) Output {
	o = o.within(1280, 720)
	o.Rate = calm(o.Rate)
	o.Quality, o.Effort, o.SoundBits, o.Recode = 26, Medium, 96_000, true
	return o
}

func archive(o Output) Output {
	o.Quality, o.Effort, o.SoundBits = 16, Slow, 256_000
	return o
}

func vertical(o Output) Output {
	o.Width, o.Height, o.Fit = 1080, 1920, FitBlur
	o.Quality, o.Effort, o.Recode = 22, Medium, true
	return o
}

func webm(o Output) Output {
	o = o.within(1920, 1080)
	o.Format, o.SampleRate = WebM, 48000
	return o
}

func animated(o Output) Output {
	o = o.within(480, 480)
	o.Format, o.Rate = GIF, Ratio{25, 1}
	return o
}

func sound(o Output) Output {
	o.Format, o.SoundBits = M4A, 160_000
	return o
}

func soundOpus(o Output) Output {
	o.Format, o.SoundBits, o.SampleRate = Opus, 64_000, 48000
	return o
}

func poster(o Output) Output {
	o.Format = JPEG
	return o
}

func posterPNG(o Output) Output {
	o.Format = PNG
	return o
}

// within is the output shrunk to fit w x h, or h x w where it is upright; a
// smaller one stays.
func (o Output) within(w, h int) Output {
	if o.Height > o.Width {
		w, h = min(w, h), max(w, h)
	}
	scale := min(1, float64(w)/float64(o.Width), float64(h)/float64(o.Height))
	o.Width, o.Height = even(float64(o.Width)*scale), even(float64(o.Height)*scale)
	return o
}

// Lines is the output in its own shape, its shorter side so many pixels long:
// 720 is what is called 720p.
func (o Output) Lines(n int) Output {
	scale := float64(n) / float64(min(o.Width, o.Height))
	o.Width, o.Height = even(float64(o.Width)*scale), even(float64(o.Height)*scale)
	return o
}

// calm is half of a rate that is high.
func calm(r Ratio) Ratio {
	if half := (Ratio{r.Num / 2, r.Den}); r.Num%2 == 0 && half.Float() > 23 {
		return half
	}
	return r
}
