package exchange

import "strings"

// blend makes the entries of a transition to a clip: from the last frames of
// one shot to the first of another.
func (m *mltWriter) blend(id string, it item, from, to shot) []node {
	kind, n := it.Transition.Kind, it.overlap
	switch {
	case (kind == "fade-black" || kind == "fade-white") && n > 1:
		color := "#ff" + map[string]string{"fade-black": "000000", "fade-white": "ffffff"}[kind]
		plane := shot{id + "c", 0}
		m.define(m.ground(plane.id, color, n))
		half := n / 2
		m.tractor(id+"a", half, from, plane, el("transition").set("mlt_service", "luma"))
		m.tractor(id+"b", n-half, plane, to.from(half), el("transition").set("mlt_service", "luma"))
		return []node{shot{id + "a", 0}.entry(half), shot{id + "b", 0}.entry(n - half)}
	case strings.HasPrefix(kind, "slide-"):
		m.lost.add(true, LostLooks)
	}
	m.tractor(id, n, from, to, m.luma(kind))
	return []node{shot{id, 0}.entry(n)}
}

// tractor leads from one shot to another, with both of them heard.
func (m *mltWriter) tractor(id string, frames int64, from, to shot, picture node) {
	out := itoa(frames - 1)
	sound := el("transition").set("mlt_service", "mix", "sum", "1") // the clips' own levels fade them
	all := el("tractor", "id", id, "in", "0", "out", out).with(from.track(frames), to.track(frames))
	for _, t := range []node{picture, sound} {
		t.Attrs = el("", "in", "0", "out", out).Attrs
		all = all.with(t.set("a_track", "0", "b_track", "1"))
	}
	m.define(all)
}

// wipes are the pictures that MLT wipes along, by the transition's name; with a
// minus the other way round.
var wipes = map[string]string{
	"wipe-right": "01", "wipe-left": "-01", "wipe-down": "02", "wipe-up": "-02",
	"circle-open": "16", "circle-close": "-16",
}

// luma is MLT's transition of the picture that is most like one of a film.
func (m *mltWriter) luma(kind string) node {
	t := el("transition").set("mlt_service", "luma", "progressive", "1")
	hard, soft := strings.CutPrefix(kind, "soft-")
	number, ok := wipes[hard]
	if !ok {
		m.lost.add(kind != "crossfade", LostLooks)
		return t
	}
	if rest, other := strings.CutPrefix(number, "-"); other {
		number = rest
		t = t.set("invert", "1")
	}
	softness := "0"
	if soft {
		softness = "0.4"
	}
	return t.set("resource", "%luma"+number+".pgm", "softness", softness)
}
