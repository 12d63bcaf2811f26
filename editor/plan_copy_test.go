package editor

import (
	"slices"
	"strings"
	"testing"
)

// smartLibrary has a source of 20 s whose key frames are 100 frames apart.
func smartLibrary(t *testing.T) Library {
	t.Helper()
	m := media("/s/smart.mp4", Rational(20, 1), smartPicture(1280, 720, Ratio{30, 1}), audio())
	x := group{length: 100, bs: 3, pyramid: true}.code(600).index(t, Ratio{30, 1}, steady)
	return Library{"/s/smart.mp4": {Path: "/s/smart.mp4", Media: m, Packets: x}}
}

// part of the source of smartLibrary, from frame to frame.
func partOf(t *testing.T, lib Library, in, out Time, edit func(*Clip)) Timeline {
	t.Helper()
	clips := whole(t, lib, "/s/smart.mp4").Clips()
	clips[0].In, clips[0].Out = in, out
	if edit != nil {
		edit(&clips[0])
	}
	return film(t, clips...)
}

func TestPlanCopies(t *testing.T) {
	lib := smartLibrary(t)
	line := partOf(t, lib, Rational(67, 30), Rational(362, 30), nil)
	plan, err := NewPlan(line, lib, AutoOutput(line, lib), Effects{}, opener)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "copied", describe(plan))
	if plan.Copied() != 261 || plan.Frames != 295 || plan.Depth != 2 {
		t.Errorf("%d of %d frames are copied, and decoded up to %d late", plan.Copied(), plan.Frames, plan.Depth)
	}
	for _, s := range plan.Pictures {
		if s.Copied() && (s.Instead == nil || s.Instead.Name != s.Name || s.Instead.Frames != s.Frames || s.Instead.Copied()) {
			t.Errorf("%s has no other way: %+v", s.Name, s.Instead)
		}
	}
}

// TestPlanCopiesWhatIsUntouched encodes what is changed, and nothing else.
func TestPlanCopiesWhatIsUntouched(t *testing.T) {
	lib := smartLibrary(t)
	auto := AutoOutput(whole(t, lib, "/s/smart.mp4"), lib)
	title := func(at, length int64) Title {
		return Title{Template: "x", At: Rational(at, 30), Length: Rational(length, 30)}
	}
	tests := []struct {
		name string
		edit func(*Clip)
		out  func(*Output)
		want string
	}{
		{"untouched", nil, nil, "c0-600"},
		{"fitted, though it fits", func(c *Clip) { c.Framing.Fit = FitBlur }, nil, "c0-600"},
		{"turned", func(c *Clip) { c.Framing.Rotate = 90 }, nil, ""},
		{"cropped", func(c *Clip) { c.Framing.Crop = Rect{0, 0, 0.5, 1} }, nil, ""},
		{"slowed", func(c *Clip) { c.Speed = Ratio{1, 2} }, nil, ""},
		{"a title", func(c *Clip) { c.Titles = []Title{title(110, 60)} }, nil, "c0-109 e109-200 c200-600"},
		{"two titles, one within the other", func(c *Clip) { c.Titles = []Title{title(10, 200), title(30, 20)} }, nil, "c0-9 e9-300 c300-600"},
		{"titles all over", func(c *Clip) { c.Titles = []Title{title(0, 700)} }, nil, "e0-600"},
		{"another size", nil, func(o *Output) { o.Width = 1920 }, ""},
		{"another rate", nil, func(o *Output) { o.Rate = Ratio{25, 1} }, "e0-500"},
		{"another codec", nil, func(o *Output) { o.Codec = HEVC }, ""},
		{"all anew", nil, func(o *Output) { o.Recode = true }, ""},
	}
	for _, tt := range tests {
		out := auto
		if tt.out != nil {
			tt.out(&out)
		}
		line := partOf(t, lib, Time{}, Rational(20, 1), tt.edit)
		a, err := Assemble(line, lib, out, Effects{}, opener)
		if err != nil {
			t.Fatal(err)
		}
		if got := drawn(a.scene(0, 0, a.Frames()).parts()); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestPlanSnaps has what is encoded show the same pictures as what is copied,
// although every moment of the clip lies halfway between two pictures whose
// times are rounded to milliseconds.
func TestPlanSnaps(t *testing.T) {
	lib := smartLibrary(t)
	s := lib["/s/smart.mp4"]
	s.Packets = group{length: 100, bs: 3, pyramid: true}.code(600).index(t, Ratio{30, 1}, func(k int) int64 {
		at := int64(k) * 3000
		return (at+45)/90*90 - at
	})
	lib["/s/smart.mp4"] = s
	line := partOf(t, lib, Rational(135, 60), Rational(601, 60), nil)
	a, err := Assemble(line, lib, AutoOutput(line, lib), Effects{}, opener)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := drawn(a.scene(0, 0, a.Frames()).parts()), "e0-32 c32-233"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	// Picture 68 is the later of the two that are equally near.
	if at := a.clips[0].clip.In.Add(a.clips[0].shift); at != Rational(2267, 1000) {
		t.Errorf("the clip begins at %s s", at)
	}
	g := &graph{}
	if _, err := a.scene(0, 0, 32).draw(g); err != nil {
		t.Fatal(err)
	}
	if want := "PTS-(2267/1000)/TB"; len(g.chains) == 0 || !contains(g.chains, want) {
		t.Errorf("the beginning is not encoded from there: %q", g.chains)
	}
}

func contains(chains []string, text string) bool {
	return slices.ContainsFunc(chains, func(c string) bool { return strings.Contains(c, text) })
}

// TestPlanDepth joins what is decoded further ahead than our own pictures are.
func TestPlanDepth(t *testing.T) {
	var s stream
	for begin := range 60 {
		for _, k := range []int{7, 3, 1, 0, 2, 5, 4, 6} { // three levels between references
			s = append(s, coded{shown: begin*8 + k + 1})
		}
	}
	s = append(stream{{shown: 0, entry: true}}, s...)
	lib := smartLibrary(t)
	source := lib["/s/smart.mp4"]
	source.Packets = s.index(t, Ratio{30, 1}, steady)
	lib["/s/smart.mp4"] = source
	line := partOf(t, lib, Time{}, Rational(481, 30), nil)
	plan, err := NewPlan(line, lib, AutoOutput(line, lib), Effects{}, opener)
	if err != nil {
		t.Fatal(err)
	}
	if plan.Depth != 3 || plan.Copied() != 481 {
		t.Errorf("depth %d, %d frames copied", plan.Depth, plan.Copied())
	}
}

// TestAutoOutputOfChanges makes no film larger for the sake of clips that have
// to be encoded anyhow.
func TestAutoOutputOfChanges(t *testing.T) {
	lib := Library{}
	lib["/big"] = Source{Path: "/big", Media: media("/big", Rational(5, 1), smartPicture(2560, 1440, Ratio{30, 1}))}
	clips := whole(t, lib, "/big").Clips()
	clips[0].Framing.Rotate = 180
	if out := AutoOutput(film(t, clips...), lib); out.Width != 1920 || out.Height != 1080 {
		t.Errorf("%dx%d", out.Width, out.Height)
	}
}
