package typeface

// Style is what letters are to look like.
type Style struct {
	Families []string // the first that has a letter is taken for it
	Weight   int      // 100 to 900; 400 is regular, 700 bold
	Italic   bool
}

// Run is a part of a text, in its logical order, that is set in one font.
// Lengths are in units of the letters' size (1 em).
type Run struct {
	Text   string
	Family string // as libass finds it; "" leaves it to libass
	Weight int    // that the font has; libass may take another font for any other
	Italic bool   // that the font is

	Advance float64 // how far the run goes
	Height  float64 // what libass takes for the font's size: from Ascent to the deepest it allows for
	Ascent  float64 // from the baseline to where libass lets a line begin
	Joined  bool    // letters hang together or stand close, so that nothing is put between them
}

// Width is how far the runs of a line go.
func Width(line []Run) float64 {
	sum := 0.0
	for _, r := range line {
		sum += r.Advance
	}
	return sum
}
