package editor

import (
	"errors"
	"strings"
	"testing"
)

// callWith is a recording that has the tracks with these ids.
func callWith(ids ...string) *Recording {
	r := &Recording{}
	for _, id := range ids {
		who, _, _ := strings.Cut(id, "-")
		r.Tracks = append(r.Tracks, Track{ID: id, Who: Party(who), Kind: VideoStream})
	}
	return r
}

var calls = Effects{Layouts: []Layout{
	{Name: "small", Ground: "#102030", Boxes: []LayoutBox{
		{Feed: TheirCamera, Rect: Whole},
		{Feed: MyCamera, Rect: Rect{0.7, 0.7, 0.25, 0.25}, Radius: 0.02}}},
	{Name: "screen", Else: "small", Boxes: []LayoutBox{
		{Feed: AnyScreen, Rect: Rect{0, 0, 0.75, 1}, Fit: FitInside},
		{Feed: MyCamera, Rect: Rect{0.75, 0, 0.25, 0.5}},
		{Feed: TheirCamera, Rect: Rect{0.75, 0.5, 0.25, 0.5}}}},
	{Name: "ring-a", Else: "ring-b", Boxes: []LayoutBox{{Feed: MyScreen, Rect: Whole}}},
	{Name: "ring-b", Else: "ring-a", Boxes: []LayoutBox{{Feed: TheirScreen, Rect: Whole}}},
}}

func TestCompose(t *testing.T) {
	wide, tall := Output{Width: 1280, Height: 720, Rate: Ratio{30, 1}}, Output{Width: 1080, Height: 1920, Rate: Ratio{30, 1}}
	for _, c := range []struct {
		name string
		a    Arrangement
		r    *Recording
		out  Output
		want []Placed // Track has only its ID
	}{
		{"always there", "", callWith("me-video", "them-video"), wide, []Placed{
			{Track{ID: "me-video"}, 0, 0, 640, 720, FitInside, 0}, {Track{ID: "them-video"}, 640, 0, 640, 720, FitInside, 0}}},
		{"upright", SideBySide, callWith("me-video", "them-video"), tall, []Placed{
			{Track{ID: "me-video"}, 0, 0, 1080, 960, FitInside, 0}, {Track{ID: "them-video"}, 0, 960, 1080, 960, FitInside, 0}}},
		{"a small box", "small", callWith("me-video", "them-video"), wide, []Placed{
			{Track{ID: "them-video"}, 0, 0, 1280, 720, FitFill, 0}, {Track{ID: "me-video"}, 896, 504, 320, 180, FitFill, 14}}},
		{"alone", "small", callWith("me-video"), wide, []Placed{{Track{ID: "me-video"}, 0, 0, 1280, 720, FitInside, 0}}},
		{"the only one is not there", OnlyMe, callWith("them-video"), wide, []Placed{{Track{ID: "them-video"}, 0, 0, 1280, 720, FitInside, 0}}},
		{"a screen", "screen", callWith("me-video", "them-video", "me-screen-2"), wide, []Placed{
			{Track{ID: "me-screen-2"}, 0, 0, 960, 720, FitInside, 0}, {Track{ID: "me-video"}, 960, 0, 320, 360, FitFill, 0},
			{Track{ID: "them-video"}, 960, 360, 320, 360, FitFill, 0}}},
		{"a screen and one camera", "screen", callWith("them-screen", "me-video"), wide, []Placed{
			{Track{ID: "them-screen"}, 0, 0, 960, 720, FitInside, 0}, {Track{ID: "me-video"}, 960, 0, 320, 360, FitFill, 0}}},
		{"no screen", "screen", callWith("me-video", "them-video"), wide, []Placed{
			{Track{ID: "them-video"}, 0, 0, 1280, 720, FitFill, 0}, {Track{ID: "me-video"}, 896, 504, 320, 180, FitFill, 14}}},
		{"in a ring", "ring-a", callWith("me-video"), wide, []Placed{{Track{ID: "me-video"}, 0, 0, 1280, 720, FitInside, 0}}},
		{"sound only", "small", callWith(), wide, nil},
	} {
		got, err := calls.Compose(c.a, c.r, nil, c.out)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if len(got.Boxes) != len(c.want) {
			t.Errorf("%s: %+v", c.name, got.Boxes)
			continue
		}
		for i, b := range got.Boxes {
			b.Track = Track{ID: b.Track.ID}
			if b.X != c.want[i].X || b.Y != c.want[i].Y || b.W != c.want[i].W || b.H != c.want[i].H ||
				b.Fit != c.want[i].Fit || b.Radius != c.want[i].Radius || b.Track.ID != c.want[i].Track.ID {
				t.Errorf("%s: box %d is %+v instead of %+v", c.name, i, b, c.want[i])
			}
		}
	}
}

func TestComposeLeavesOutWhatShowsNothing(t *testing.T) {
	c, err := calls.Compose("small", callWith("me-video", "them-video"), func(t Track) bool { return t.Who == Me }, DefaultOutput)
	if err != nil || len(c.Boxes) != 1 || c.Boxes[0].Track.ID != "me-video" || !c.Boxes[0].covers(DefaultOutput) {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestCompositionFilter(t *testing.T) {
	c, err := calls.Compose("small", callWith("me-video", "them-video"), nil, Output{Width: 1280, Height: 720, Rate: Ratio{30, 1}})
	if err != nil {
		t.Fatal(err)
	}
	want := "color=c=black:s=320x180:r=30/1,trim=end_frame=1,format=gray," +
		"geq=lum='255*clip(14.5-hypot(max(abs(X-159.5)-146.0,0),max(abs(Y-89.5)-76.0,0)),0,1)',loop=loop=9:size=1:start=0,setpts=N[cbox0mask];" +
		"[b]format=yuva420p[cbox0alpha];[cbox0alpha][cbox0mask]alphamerge[cbox0round];" +
		"[a][cbox0round]overlay=x=896:y=504:format=yuv420[cbox0];[cbox0]" + tags + "[c]"
	if got := c.Filter([]string{"[a]", "[b]"}, "[c]", 10, Output{Width: 1280, Height: 720, Rate: Ratio{30, 1}}); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestEffectsThatAreMissing(t *testing.T) {
	_, blend := calls.Blend("melt")
	_, layout := calls.Layout("heap")
	_, template := calls.Template("shout")
	for name, err := range map[string]error{"melt": blend, "heap": layout, "shout": template} {
		if !errors.Is(err, ErrEffect) || !strings.Contains(err.Error(), "“"+name+"”") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
