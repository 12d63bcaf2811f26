package exchange

import (
	"fmt"
	"strings"
)

// titles are the filters that write a clip's titles: their words, plain and
// where they stand, without their template's look.
func (m *mltWriter) titles(it item, in int64) []node {
	var all []node
	for _, t := range it.Titles {
		text, card := m.words(t)
		from, to := t.Shown(it.Clip)
		first, last := m.frame(it.Since(from)), min(it.frames(), m.frame(it.Since(to)))-1
		if text == "" || first > last {
			continue
		}
		m.lost.add(true, LostLooks)
		place, across := "5%/65%:90%x30%:100", "left"
		if card {
			place, across = "5%/5%:90%x90%:100", "center"
		}
		size := m.Output.Height / 12
		all = append(all, el("filter", "in", itoa(in+first), "out", itoa(in+last)).set("mlt_service", "dynamictext",
			"argument", strings.NewReplacer(`\`, `\\`, "#", `\#`).Replace(text), "geometry", place, "halign", across, "valign", "middle",
			"size", fmt.Sprint(size), "weight", "600", "fgcolour", "#ffffffff", "bgcolour", "#00000000", "olcolour", "#ff000000", "outline", fmt.Sprint(max(1, size/24))))
	}
	return all
}
