package headless

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"parley/editor"
)

// filmFlags say what a film is made as.
type filmFlags struct {
	preset   string
	size     string
	rate     string
	codec    string
	quality  int
	effort   string
	target   string // size of the file
	moment   string
	encoder  string
	recode   bool
	loudness float64
}

func (f *filmFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.preset, "preset", "", "what the film is made as, a `NAME` that --list-presets shows; else by the ending of OUT, or like the sources")
	flags.StringVar(&f.size, "size", "", "picture of `WxH` pixels, or of a height: 1280x720, 720p")
	flags.StringVar(&f.rate, "rate", "", "frames a second, a `NUMBER` such as 25, 29.97 or 30000/1001")
	flags.StringVar(&f.codec, "codec", "", "compress the pictures as `NAME`: "+names(editor.Codecs()))
	flags.IntVar(&f.quality, "quality", 0, "constant quality, a `NUMBER` as the codec's encoder counts it; less is better")
	flags.StringVar(&f.effort, "effort", "", "how long the encoder may think: quick, medium or slow")
	flags.StringVar(&f.target, "target-size", "", "largest size of the file, as `25M`; reached in two passes")
	flags.StringVar(&f.moment, "at", "", "for a poster: the `TIME` of the film that it shows, as 12.5 or 1:02.5")
	flags.StringVar(&f.encoder, "encoder", "", "let this machine's hardware encode, by the `NAME` that parley doctor shows")
	flags.BoolVar(&f.recode, "recode", false, "encode everything anew, even what could be copied")
	flags.Float64Var(&f.loudness, "loudness", 0, "bring the sound to so many `LUFS`: -16, -23 or -14")
}

// output is what the film of a project is made as, and where it goes: target
// with the ending that its format has.
func (f *filmFlags) output(p *editor.Project, target string) (editor.Output, string, error) {
	out, err := f.base(p, target)
	if err != nil {
		return out, target, err
	}
	for _, set := range []func(*editor.Output) error{f.setSize, f.setRate, f.setSpace, f.setMoment} {
		if err := set(&out); err != nil {
			return out, target, err
		}
	}
	if f.codec != "" {
		out.Codec = editor.Codec(f.codec)
	}
	if f.quality != 0 {
		out.Quality = f.quality
	}
	if f.effort != "" {
		out.Effort = editor.Effort(f.effort)
	}
	out.Encoder, out.Recode = f.encoder, out.Recode || f.recode
	if err := out.Check(); err != nil {
		return out, target, err
	}
	target, err = ending(target, out.Format)
	return out, target, err
}

// base is what the preset makes of the film, or the ending of the target.
func (f *filmFlags) base(p *editor.Project, target string) (editor.Output, error) {
	auto := p.Spec()
	if f.preset != "" {
		preset, ok := editor.PresetNamed(f.preset)
		if !ok {
			return auto, fmt.Errorf("there is no preset %q; see: parley render --list-presets", f.preset)
		}
		return preset.Output(auto), nil
	}
	ext := endingOf(target)
	if ext == "" || ext == auto.Format.Ext() {
		return auto, nil
	}
	for _, preset := range editor.Presets() {
		if out := preset.Output(auto); out.Format.Ext() == ext {
			return out, nil
		}
	}
	return auto, fmt.Errorf("a film cannot be a %s file; choose an ending of %s", ext, strings.Join(endings(), ", "))
}

// ending gives a target the ending of its format, unless it has another one.
func ending(target string, f editor.Format) (string, error) {
	switch ext := endingOf(target); {
	case target == "" || ext == f.Ext() || f == editor.JPEG && ext == ".jpeg":
		return target, nil
	case !slices.Contains(endings(), ext):
		return target + f.Ext(), nil
	}
	return target, fmt.Errorf("%s ends as another kind of file than what is made; give it the ending %s", target, f.Ext())
}

// endingOf is the ending of a name, in small letters; what is behind the point
// of "v1.2 final" is none.
func endingOf(name string) string {
	ext := strings.ToLower(filepath.Ext(name))
	if len(ext) > 6 || strings.Trim(ext, ".0123456789") == "" || strings.Trim(ext, ".abcdefghijklmnopqrstuvwxyz0123456789") != "" {
		return ""
	}
	return ext
}

// endings are those that films can have.
func endings() []string {
	var all []string
	for _, f := range editor.Formats() {
		all = append(all, f.Ext())
	}
	return all
}

func (f *filmFlags) setSize(out *editor.Output) error {
	if f.size == "" {
		return nil
	}
	if tall, ok := strings.CutSuffix(f.size, "p"); ok {
		h, err := strconv.Atoi(tall)
		if err != nil || h <= 0 || h > 1<<20 {
			return errSize(f.size)
		}
		*out = out.Lines(h)
		return nil
	}
	w, h, ok := strings.Cut(f.size, "x")
	width, err1 := strconv.Atoi(w)
	height, err2 := strconv.Atoi(h)
	if !ok || err1 != nil || err2 != nil {
		return errSize(f.size)
	}
	out.Width, out.Height = width, height
	return nil
}

func errSize(text string) error {
	return fmt.Errorf("%q is no size of a picture; write it as 1280x720 or 720p", text)
}

func (f *filmFlags) setRate(out *editor.Output) error {
	if f.rate == "" {
		return nil
	}
	rate, ok := parseRate(f.rate)
	if !ok {
		return fmt.Errorf("%q is no frame rate that a film can have; choose 23.976, 24, 25, 29.97, 30, 48, 50, 59.94 or 60", f.rate)
	}
	out.Rate = rate
	return nil
}

// parseRate finds the usual rate that is meant: "30", "29.97", "30000/1001".
func parseRate(text string) (editor.Ratio, bool) {
	v, err := strconv.ParseFloat(text, 64)
	if num, den, ok := strings.Cut(text, "/"); ok {
		var n, d float64
		n, err = strconv.ParseFloat(num, 64)
		if d, _ = strconv.ParseFloat(den, 64); d == 0 {
			return editor.Ratio{}, false
		}
		v = n / d
	}
	for _, r := range editor.Rates() {
		if off := r.Float() - v; err == nil && off < 0.005 && off > -0.005 {
			return r, true
		}
	}
	return editor.Ratio{}, false
}

func (f *filmFlags) setSpace(out *editor.Output) error {
	if f.target == "" {
		return nil
	}
	n, ok := parseBytes(f.target)
	if !ok {
		return fmt.Errorf("%q is no size of a file; write it as 25M, 800k or 1.5G", f.target)
	}
	out.MaxSize = n
	return nil
}

// parseBytes reads a number of bytes with k, M or G behind it, powers of 1000
// as the limits of mail and messengers are.
func parseBytes(text string) (int64, bool) {
	text = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(strings.TrimSpace(text)), "b"), "i")
	unit := 1.0
	for ending, size := range map[string]float64{"k": 1e3, "m": 1e6, "g": 1e9} {
		if rest, ok := strings.CutSuffix(text, ending); ok {
			text, unit = rest, size
			break
		}
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || !(v > 0 && v*unit < 1e15) {
		return 0, false
	}
	return int64(v * unit), true
}

func (f *filmFlags) setMoment(out *editor.Output) error {
	if f.moment == "" {
		return nil
	}
	if !out.Format.Poster() {
		return errors.New("--at is the moment of a poster; choose --preset poster with it")
	}
	at, ok := parseMoment(f.moment)
	if !ok {
		return fmt.Errorf("%q is no time; write it as 12.5 or 1:02.5", f.moment)
	}
	out.Moment = at
	return nil
}

// parseMoment reads seconds, or hours, minutes and seconds with colons.
func parseMoment(text string) (editor.Time, bool) {
	var total float64
	for i, part := range strings.Split(text, ":") {
		v, err := strconv.ParseFloat(part, 64)
		if err != nil || !(v >= 0 && v < 1e7) || i > 2 {
			return editor.Time{}, false
		}
		total = total*60 + v
	}
	return editor.Seconds(total), true
}

func names[T ~string](list []T) string {
	var all []string
	for _, n := range list {
		all = append(all, string(n))
	}
	return strings.Join(all, ", ")
}
