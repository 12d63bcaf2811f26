package call

import "math"

// texture is what the test pattern's field is made of: detail of every size
// from a few pixels to a fifth of the picture, as a camera sees it, with edges
// among it. A row of it slides by an amount of its own, so that what moves
// bends, and a codec that is given fewer bits shows less of it. A plain
// gradient under fine noise, in contrast, costs bits that nobody sees.
type texture struct {
	rows [textureSize][]byte // luma; the width asked for and textureSize more
}

const (
	textureSize = 256 // pixels after which it repeats, down and across; a power of two

	textureMiddle = 112
	textureReach  = 88 // luma on both sides of the middle, at most

	swing       = 20.0 // pixels that a row swings by
	swingRows   = 190  // rows of one wave of the swing
	swingPeriod = 4.0  // seconds
)

// textureDetail is how much luma each size of detail adds, coarse to fine.
var textureDetail = [...]struct{ size, luma int }{{128, 40}, {64, 30}, {32, 20}, {16, 15}, {8, 11}, {4, 8}}

// newTexture weaves a texture for pictures of that width, from a fixed seed.
func newTexture(width int) *texture {
	t := &texture{}
	state := uint32(1)
	var sum [textureSize][textureSize]float64
	for _, d := range textureDetail {
		n := textureSize / d.size
		knots := make([]float64, n*n)
		for i := range knots {
			state = state*1664525 + 1013904223
			knots[i] = float64(int32(state)) / (1 << 31)
		}
		addDetail(&sum, knots, n, float64(d.luma))
	}
	for y := range t.rows {
		row := make([]byte, width+textureSize)
		for x := range row {
			v := sum[y][x%textureSize]
			if math.Abs(v) > 36 { // where hills begin, an edge
				v += math.Copysign(14, v)
			}
			row[x] = byte(textureMiddle + min(max(v, -textureReach), textureReach))
		}
		t.rows[y] = row
	}
	return t
}

// addDetail adds a grid of n by n knots, smoothly joined and wrapping around.
func addDetail(sum *[textureSize][textureSize]float64, knots []float64, n int, luma float64) {
	size := textureSize / n
	for y := range textureSize {
		j, fy := y/size, ease(y%size, size)
		for x := range textureSize {
			i, fx := x/size, ease(x%size, size)
			k := func(i, j int) float64 { return knots[j%n*n+i%n] }
			upper := k(i, j)*(1-fx) + k(i+1, j)*fx
			lower := k(i, j+1)*(1-fx) + k(i+1, j+1)*fx
			sum[y][x] += luma * (upper*(1-fy) + lower*fy)
		}
	}
}

func ease(at, of int) float64 {
	f := float64(at) / float64(of)
	return f * f * (3 - 2*f)
}

// row is the texture's part of a picture's row y, seconds into the hour; every
// movement of it repeats within an hour.
func (t *texture) row(y int, seconds float64, width int) []byte {
	bend := swing * math.Sin(2*math.Pi*(float64(y)/swingRows+seconds/swingPeriod))
	x := int(seconds*64+swing+bend) & (textureSize - 1)
	down := int(seconds * 32)
	return t.rows[(y+down)&(textureSize-1)][x:][:width]
}
