package transition

import (
	"fmt"

	"parley/editor"
)

// slides push the picture that goes out of the frame.
func slides() []editor.Blend {
	return []editor.Blend{
		slide("slide-left", "Slide left", "[a][b]hstack", "iw/2*%s", "0"),
		slide("slide-right", "Slide right", "[b][a]hstack", "iw/2*(1-%s)", "0"),
		slide("slide-up", "Slide up", "[a][b]vstack", "0", "ih/2*%s"),
		slide("slide-down", "Slide down", "[b][a]vstack", "0", "ih/2*(1-%s)"),
	}
}

// slide moves a window over both pictures, put side by side. It costs a tenth
// of what xfade's slides do.
func slide(name, label, stack, x, y string) editor.Blend {
	return editor.Blend{Name: name, Label: label, Filter: func(p editor.Passage) string {
		return fmt.Sprintf("%s,crop=w=%d:h=%d:x='%s':y='%s',%s[v]",
			stack, p.Output.Width, p.Output.Height, way(x, p), way(y, p), counted(p))
	}}
}

// way puts the share of the way that is gone into an expression.
func way(axis string, p editor.Passage) string {
	if axis == "0" {
		return axis
	}
	return fmt.Sprintf("st(0,(n+%d)/%d)*0+", p.First+1, p.Of+1) + fmt.Sprintf(axis, "("+string(eased)+")")
}
