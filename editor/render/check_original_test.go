package render

import (
	"slices"
	"strings"
	"testing"

	"parley/editor"
)

// TestWitnessed chooses places at which one sound is heard as it is.
func TestWitnessed(t *testing.T) {
	const second = 48000
	sound := func(first, samples int64) editor.Heard {
		return editor.Heard{Step: editor.Step{Samples: samples}, First: first, Original: &editor.Original{}}
	}
	encoded, silent := sound(0, 9*second), sound(0, 9*second)
	encoded.Original, silent.Silent = nil, true
	music := func(first, samples int64) []editor.Heard {
		return []editor.Heard{{Step: editor.Step{Samples: samples}, First: first}}
	}
	for _, tt := range []struct {
		name string
		plan editor.Plan
		want []int64
	}{
		{"the middle of each", editor.Plan{Sounds: []editor.Heard{sound(0, 4*second), sound(4*second, 2*second)}}, []int64{57, 147}},
		{"what is encoded or silent, and what is short", editor.Plan{Sounds: []editor.Heard{encoded, silent, sound(9*second, second/2)}}, nil},
		{"all is made louder", editor.Plan{Sounds: []editor.Heard{sound(0, 4*second)}, Master: editor.Master{Loudness: -16}}, nil},
		{"music in the middle", editor.Plan{Sounds: []editor.Heard{sound(0, 6*second)}, Music: music(2*second, 2*second)}, []int64{25}},
		{"music all along", editor.Plan{Sounds: []editor.Heard{sound(0, 6*second)}, Music: music(0, 6*second)}, nil},
		{"a long transition", editor.Plan{Sounds: []editor.Heard{sound(0, 6*second), sound(3*second, 6*second)}}, []int64{40, 224}},
	} {
		tt.plan.Output = editor.DefaultOutput
		if got := witnessed(&tt.plan); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v instead of %v", tt.name, got, tt.want)
		}
	}
}

// TestCheckOriginals has packets be copied from a wrong time of their source.
// The mix is then as wrong as the film.
func TestCheckOriginals(t *testing.T) {
	t.Parallel()
	source := aacFile(t, t.TempDir(), "copied.m4a", "anoisesrc=a=0.2:c=pink:s=5:r=48000", 12)
	for _, late := range []editor.Time{{}, editor.Rational(1, 30), editor.Rational(-1, 1)} {
		p := trimmed(t, project(t, source), editor.Rational(2, 1), editor.Rational(10, 1))
		out := editor.DefaultOutput
		out.Format = editor.M4A
		p.Output = &out
		j, path := made(t, p, "film.m4a", func(p *editor.Plan) {
			o := p.Sounds[0].Original
			o.At, o.End = o.At.Add(late), o.End.Add(late)
		})
		if j.track.keptSound() == 0 {
			t.Fatal("nothing was copied")
		}
		if err := j.checkHeard(t.Context(), path); err != nil {
			t.Errorf("%s s late, the film is not its mix: %v", late, err)
		}
		err := j.check(t.Context(), path)
		switch wrong := late != (editor.Time{}); {
		case !wrong && err != nil:
			t.Errorf("a right film is refused: %v", err)
		case wrong && (err == nil || !strings.Contains(err.Error(), "not what the timeline has there")):
			t.Errorf("%s s late: %v", late, err)
		}
	}
}
