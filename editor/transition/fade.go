package transition

import (
	"fmt"
	"strconv"
	"strings"

	"parley/editor"
)

func fades() []editor.Blend {
	return []editor.Blend{
		blend("crossfade", "Crossfade", "fade", steady),
		through("fade-black", "Fade through black", "#000000"),
		through("fade-white", "Fade through white", "#ffffff"),
	}
}

// through leads to a colour in the first half and from it in the second.
// ffmpeg's own fade through black goes below the black of a film.
func through(name, label, color string) editor.Blend {
	return editor.Blend{Name: name, Label: label, Filter: func(p editor.Passage) string {
		half := p.Of / 2 // frames that belong to the picture that goes
		var chains, parts []string
		if n := min(half, p.First+p.Count) - p.First; n > 0 {
			out := editor.Passage{Of: half, First: p.First, Count: n, Output: p.Output}
			chains = append(chains, "[a]trim=end_frame="+itoa(n)+"[blenda]", ground(color, out, "[blendo]"),
				mix(out, "fade", steady, "[blenda]", "[blendo]", "[blendgoes]"))
			parts = append(parts, "[blendgoes]")
		} else {
			chains = append(chains, "[a]nullsink")
		}
		if n := p.First + p.Count - max(half, p.First); n > 0 {
			in := editor.Passage{Of: p.Of - half, First: max(half, p.First) - half, Count: n, Output: p.Output}
			chains = append(chains, "[b]trim=start_frame="+itoa(p.Count-n)+"[blendb]", ground(color, in, "[blendi]"),
				mix(in, "fade", steady, "[blendi]", "[blendb]", "[blendcomes]"))
			parts = append(parts, "[blendcomes]")
		} else {
			chains = append(chains, "[b]nullsink")
		}
		return strings.Join(append(chains, join(parts, p)), ";")
	}}
}

func ground(color string, p editor.Passage, into string) string {
	return editor.Ground(color, p.Count, p.Output) + into
}

// join puts the halves behind each other.
func join(parts []string, p editor.Passage) string {
	return fmt.Sprintf("%sconcat=n=%d:v=1:a=0,%s[v]", strings.Join(parts, ""), len(parts), counted(p))
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
