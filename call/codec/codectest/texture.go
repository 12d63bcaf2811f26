package codectest

import "math/rand/v2"

// texture is a plane of value noise with detail at every scale, as leaves,
// cloth and skin have.
type texture struct {
	width, height int
	pix           []byte
}

// octaves are the grids that are laid over each other: cell size in pixels and
// height in grey levels.
var octaves = []struct{ cell, height int }{{96, 70}, {32, 40}, {8, 24}, {3, 14}}

func newTexture(width, height int, rng *rand.Rand) *texture {
	sum := make([]int, width*height)
	for _, o := range octaves {
		addOctave(sum, width, height, o.cell, o.height, rng)
	}
	t := &texture{width: width, height: height, pix: make([]byte, width*height)}
	for i, v := range sum {
		t.pix[i] = byte(min(max(126+v, 20), 232))
	}
	return t
}

// addOctave adds bilinear noise of ±height/2.
func addOctave(sum []int, width, height, cell, amplitude int, rng *rand.Rand) {
	cols, rows := width/cell+2, height/cell+2
	grid := make([]int, cols*rows)
	for i := range grid {
		grid[i] = rng.IntN(amplitude+1) - amplitude/2
	}
	for y := range height {
		gy, fy := y/cell*cols, y%cell
		for x := range width {
			gx, fx := x/cell, x%cell
			top := grid[gy+gx]*(cell-fx) + grid[gy+gx+1]*fx
			low := grid[gy+cols+gx]*(cell-fx) + grid[gy+cols+gx+1]*fx
			sum[y*width+x] += (top*(cell-fy) + low*fy) / (cell * cell)
		}
	}
}

// row is a stretch of the texture, which repeats in both directions.
func (t *texture) row(x, y, n int) []byte {
	x, y = wrap(x, t.width-n), wrap(y, t.height)
	return t.pix[y*t.width+x : y*t.width+x+n]
}

func wrap(v, size int) int { return ((v % size) + size) % size }
