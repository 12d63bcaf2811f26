package timeline

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	xdraw "golang.org/x/image/draw"
)

// brush draws into a picture that it keeps for as long as its size stays.
type brush struct {
	image  *image.RGBA
	scaled map[*image.RGBA]*image.RGBA // pictures at the strip's height
	height int                         // of them, in pixels
	corner []uint8                     // how much of each pixel a round corner covers, a square
	radius int
}

// maxScaled bounds the scaled pictures that are kept.
const maxScaled = 1024

// size makes the picture w x h pixels, and corners of a radius.
func (b *brush) size(w, h, radius int) {
	if b.image == nil || b.image.Rect.Dx() != w || b.image.Rect.Dy() != h {
		b.image = image.NewRGBA(image.Rect(0, 0, w, h))
	}
	if b.corner == nil || b.radius != radius {
		b.radius = radius
		b.corner = cornerOf(radius)
	}
}

// cornerOf is the cover of the top left corner of a round rectangle.
func cornerOf(r int) []uint8 {
	cover := make([]uint8, r*r)
	for y := range r {
		for x := range r {
			d := math.Hypot(float64(r)-float64(x)-0.5, float64(r)-float64(y)-0.5)
			cover[y*r+x] = uint8(255 * max(0, min(1, float64(r)-d+0.5)))
		}
	}
	return cover
}

func (b *brush) fill(r image.Rectangle, u *image.Uniform) {
	draw.Draw(b.image, r, u, image.Point{}, draw.Src)
}

// wash lays a colour over a rectangle, of which a share of 256 covers.
func (b *brush) wash(r image.Rectangle, u *image.Uniform, share uint32) {
	r = r.Intersect(b.image.Rect)
	if r.Empty() {
		return
	}
	c := u.C.(color.RGBA)
	red, green, blue := uint32(c.R)*share, uint32(c.G)*share, uint32(c.B)*share
	keep := 256 - share
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := b.image.Pix[b.image.PixOffset(r.Min.X, y):b.image.PixOffset(r.Max.X, y)]
		for i := 0; i+3 < len(row); i += 4 {
			row[i] = uint8((uint32(row[i])*keep + red) >> 8)
			row[i+1] = uint8((uint32(row[i+1])*keep + green) >> 8)
			row[i+2] = uint8((uint32(row[i+2])*keep + blue) >> 8)
		}
	}
}

// round takes the corners off a rectangle; behind them is u.
func (b *brush) round(r image.Rectangle, u *image.Uniform) {
	behind := u.C.(color.RGBA)
	n := min(b.radius, r.Dx()/2, r.Dy()/2)
	for y := range n {
		for x := range n {
			cover := uint32(b.corner[y*b.radius+x])
			b.blend(r.Min.X+x, r.Min.Y+y, behind, 255-cover)
			b.blend(r.Max.X-1-x, r.Min.Y+y, behind, 255-cover)
			b.blend(r.Min.X+x, r.Max.Y-1-y, behind, 255-cover)
			b.blend(r.Max.X-1-x, r.Max.Y-1-y, behind, 255-cover)
		}
	}
}

func (b *brush) blend(x, y int, c color.RGBA, alpha uint32) {
	if alpha == 0 || !image.Pt(x, y).In(b.image.Rect) {
		return
	}
	p := b.image.Pix[b.image.PixOffset(x, y):]
	p[0] = uint8((uint32(p[0])*(255-alpha) + uint32(c.R)*alpha) / 255)
	p[1] = uint8((uint32(p[1])*(255-alpha) + uint32(c.G)*alpha) / 255)
	p[2] = uint8((uint32(p[2])*(255-alpha) + uint32(c.B)*alpha) / 255)
}

// line draws a line of a width in pixels, without steps.
func (b *brush) line(x0, y0, x1, y1, width float64, u *image.Uniform, alpha float64) {
	c := u.C.(color.RGBA)
	length := math.Hypot(x1-x0, y1-y0)
	if length == 0 {
		return
	}
	nx, ny := -(y1-y0)/length, (x1-x0)/length
	left, right := int(min(x0, x1)-width-1), int(max(x0, x1)+width+1)
	top, bottom := int(min(y0, y1)-width-1), int(max(y0, y1)+width+1)
	for y := max(top, 0); y <= min(bottom, b.image.Rect.Max.Y-1); y++ {
		for x := max(left, 0); x <= min(right, b.image.Rect.Max.X-1); x++ {
			dx, dy := float64(x)+0.5-x0, float64(y)+0.5-y0
			along := (dx*(x1-x0) + dy*(y1-y0)) / length
			if along < -0.5 || along > length+0.5 {
				continue
			}
			off := math.Abs(dx*nx + dy*ny)
			b.blend(x, y, c, uint32(255*alpha*max(0, min(1, width/2+0.5-off))))
		}
	}
}

// disc draws a filled circle.
func (b *brush) disc(x, y, radius float64, u *image.Uniform) {
	c := u.C.(color.RGBA)
	for py := int(y - radius - 1); py <= int(y+radius+1); py++ {
		for px := int(x - radius - 1); px <= int(x+radius+1); px++ {
			off := math.Hypot(float64(px)+0.5-x, float64(py)+0.5-y)
			b.blend(px, py, c, uint32(255*max(0, min(1, radius+0.5-off))))
		}
	}
}

// hatch draws stripes over a rectangle, as wide as step.
func (b *brush) hatch(r image.Rectangle, u *image.Uniform, step int) {
	c := u.C.(color.RGBA)
	seen := r.Intersect(b.image.Rect)
	for y := seen.Min.Y; y < seen.Max.Y; y++ {
		for x := seen.Min.X; x < seen.Max.X; x++ {
			if (x-r.Min.X+y-r.Min.Y)/step%2 == 0 {
				b.blend(x, y, c, 150)
			}
		}
	}
}

// column fills a column of pixels down from y, which may be within a pixel.
func (b *brush) column(x int, y float64, bottom int, c color.RGBA) {
	if x < 0 || x >= b.image.Rect.Max.X {
		return
	}
	top := int(math.Ceil(y))
	b.blend(x, top-1, c, uint32(255*(float64(top)-y)))
	top, bottom = max(top, 0), min(bottom, b.image.Rect.Max.Y)
	if top >= bottom {
		return
	}
	i := b.image.PixOffset(x, top)
	for range bottom - top {
		p := b.image.Pix[i : i+4 : i+4]
		p[0], p[1], p[2], p[3] = c.R, c.G, c.B, 255
		i += b.image.Stride
	}
}

// picture copies a picture at the strip's height to x, within a rectangle.
func (b *brush) picture(p *image.RGBA, x int, within image.Rectangle) {
	r := image.Rect(x, within.Min.Y, x+p.Rect.Dx(), within.Min.Y+p.Rect.Dy())
	seen := r.Intersect(within)
	draw.Draw(b.image, seen, p, p.Rect.Min.Add(seen.Min.Sub(r.Min)), draw.Src)
}

// fit is a picture scaled to a height.
func (b *brush) fit(p *image.RGBA, height int) *image.RGBA {
	if b.height != height || b.scaled == nil || len(b.scaled) >= maxScaled {
		b.scaled, b.height = map[*image.RGBA]*image.RGBA{}, height
	}
	if s, ok := b.scaled[p]; ok {
		return s
	}
	w := max(1, p.Rect.Dx()*height/max(1, p.Rect.Dy()))
	s := image.NewRGBA(image.Rect(0, 0, w, height))
	xdraw.BiLinear.Scale(s, s.Rect, p, p.Rect, draw.Src, nil)
	b.scaled[p] = s
	return s
}
