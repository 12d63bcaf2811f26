package main

import "parley/call"

// luma is the brightness of a picture.
type luma struct {
	pix    []byte
	stride int
	w, h   int
}

func lumaOf(p *call.Picture) luma { return luma{p.Y, p.YStride, p.Width(), p.Height()} }

// scaled is the picture at another size, as a player that fills its window
// would show it (bilinear).
func (l luma) scaled(w, h int) luma {
	if l.w == w && l.h == h {
		return l
	}
	out := luma{make([]byte, w*h), w, w, h}
	for y := range h {
		y0, fy := place(y, h, l.h)
		up, down := l.pix[y0*l.stride:], l.pix[min(y0+1, l.h-1)*l.stride:]
		for x := range w {
			x0, fx := place(x, w, l.w)
			x1 := min(x0+1, l.w-1)
			a := int(up[x0])*(256-fx) + int(up[x1])*fx
			b := int(down[x0])*(256-fx) + int(down[x1])*fx
			out.pix[y*w+x] = byte((a*(256-fy) + b*fy + 1<<15) >> 16)
		}
	}
	return out
}

// place is where pixel i of n lies among m: the pixel before it, and how far
// beyond that, in 256ths.
func place(i, n, m int) (before, beyond int) {
	at := max(((2*i+1)*m*256/n-256)/2, 0)
	return min(at>>8, m-1), at & 255
}

// ssim is the mean structural similarity (Wang et al. 2004) of two pictures of
// one size above the bar code, over windows of 8 by 8 pixels, 4 apart.
func ssim(a, b luma) float64 {
	const size, apart = 8, 4
	const c1, c2 = 6.5025, 58.5225 // (0.01*255)², (0.03*255)²
	sum, n := 0.0, 0
	rows := a.h * 20 / 24 // the bar code fills the rest
	for y := 0; y+size <= rows; y += apart {
		for x := 0; x+size <= a.w; x += apart {
			var sa, sb, saa, sbb, sab int
			for dy := range size {
				ra := a.pix[(y+dy)*a.stride+x:][:size]
				rb := b.pix[(y+dy)*b.stride+x:][:size]
				for i, va := range ra {
					va, vb := int(va), int(rb[i])
					sa, sb = sa+va, sb+vb
					saa, sbb, sab = saa+va*va, sbb+vb*vb, sab+va*vb
				}
			}
			const count = size * size
			ma, mb := float64(sa)/count, float64(sb)/count
			va, vb := float64(saa)/count-ma*ma, float64(sbb)/count-mb*mb
			cov := float64(sab)/count - ma*mb
			sum += (2*ma*mb + c1) * (2*cov + c2) / ((ma*ma + mb*mb + c1) * (va + vb + c2))
			n++
		}
	}
	return sum / float64(max(n, 1))
}
