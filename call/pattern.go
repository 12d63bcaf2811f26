package call

import (
	"image"
	"io"
	"math"
	"sync"
	"time"
)

// Pattern is a camera made of arithmetic: colour bars, a texture that slides
// and bends under a drifting hue, a ball, a square that flashes at every whole
// second, and a bar code with the frame's number and time (see ReadMark). It
// owns no goroutine; pictures are drawn in Read.
type Pattern struct {
	width, height int
	fps           float64

	field *texture
	hue   []byte // chroma: half the width and one period more

	start  time.Time // of the first Read; pictures are due from there on, so no error adds up
	tick   int64     // the next picture's place on the schedule
	number uint32    // the next picture's number; a tick that was missed has none
	timer  *time.Timer

	done chan struct{}
	once sync.Once
}

// flashShare is how many pictures a flash lasts: one at least at any phase, two at most.
const flashShare = 1.5

// NewPattern returns a source of width by height pixels (made even, 64x48 at
// least) at fps pictures a second (30 unless above 0).
func NewPattern(width, height int, fps float64) *Pattern {
	if !(fps > 0) {
		fps = 30
	}
	p := &Pattern{
		width:  max(width, 64) &^ 1,
		height: max(height, markLeastHeight) &^ 1,
		fps:    fps,
		done:   make(chan struct{}),
	}
	p.field = newTexture(p.width)
	p.hue = sines(p.width/2, p.width/2, 128, 44)
	return p
}

// sines returns n samples of a sine of the given period, and one period more,
// so that any window of n from any phase is a slice of it.
func sines(n, period int, middle, swing float64) []byte {
	s := make([]byte, n+period)
	for i := range s {
		s[i] = byte(middle + swing*math.Sin(2*math.Pi*float64(i)/float64(period)))
	}
	return s
}

// Read waits for the next picture's time and draws it into dst. A reader that
// comes late misses pictures, as with a camera; their numbers are not used up.
func (p *Pattern) Read(dst *Picture) error {
	if err := p.wait(); err != nil {
		return err
	}
	p.Draw(dst, p.number, time.Now())
	p.number++
	return nil
}

func (p *Pattern) wait() error {
	now := time.Now()
	if p.timer == nil {
		p.start, p.timer = now, time.NewTimer(0)
	} else {
		late := now.Sub(p.start).Seconds() * p.fps
		p.tick = max(p.tick+1, int64(late))
		due := time.Duration(float64(p.tick) / p.fps * float64(time.Second))
		p.timer.Reset(p.start.Add(due).Sub(now))
	}
	select {
	case <-p.done:
		return io.EOF
	default:
	}
	select {
	case <-p.done:
		return io.EOF
	case <-p.timer.C:
		return nil
	}
}

// Close ends the source and a Read in progress.
func (p *Pattern) Close() error {
	p.once.Do(func() { close(p.done) })
	return nil
}

// Draw draws the picture with the given number and time into dst, which takes
// on the pattern's size. It may be used without Read, from any goroutine.
func (p *Pattern) Draw(dst *Picture, number uint32, at time.Time) {
	dst.Resize(p.width, p.height)
	dst.At = at
	const hour = int64(time.Hour / time.Microsecond)
	// Every movement below repeats within an hour, so none jumps at its end.
	seconds := float64((at.UnixMicro()%hour+hour)%hour) / 1e6
	bars := p.height / 12
	code := p.height * (markRowsToFill - markRows) / markRowsToFill
	p.drawField(dst, bars&^1, code, seconds)
	drawBars(dst, bars&^1)
	p.drawBall(dst, seconds)
	p.drawFlash(dst, at)
	drawMark(dst, Mark{Frame: number, At: at})
}

// drawField draws texture and hue between the rows top and bottom.
func (p *Pattern) drawField(dst *Picture, top, bottom int, seconds float64) {
	for y := top; y < bottom; y++ {
		copy(dst.Y[y*dst.YStride:], p.field.row(y, seconds, p.width))
	}
	half := p.width / 2
	drift := int(seconds * float64(half) / 10)
	for y := top / 2; y < (bottom+1)/2; y++ {
		copy(dst.Cb[y*dst.CStride:][:half], p.hue[(drift+y)%half:])
		copy(dst.Cr[y*dst.CStride:][:half], p.hue[(drift+half/3+2*y)%half:])
	}
}

// barColours are the bars of 75 % in BT.601, limited range.
var barColours = [8][3]uint8{
	{180, 128, 128}, {162, 44, 142}, {131, 156, 44}, {112, 72, 58},
	{84, 184, 198}, {65, 100, 212}, {35, 212, 114}, {lumaBlack, 128, 128},
}

func drawBars(dst *Picture, height int) {
	w := dst.Width()
	for i, c := range barColours {
		fillRect(dst, image.Rect(i*w/len(barColours), 0, (i+1)*w/len(barColours), height), c)
	}
}

func (p *Pattern) drawBall(dst *Picture, seconds float64) {
	w, h := float64(p.width), float64(p.height)
	cx := int(w * (0.5 + 0.36*math.Sin(2*math.Pi*seconds/5)))
	cy := int(h * (0.46 + 0.24*math.Sin(2*math.Pi*seconds/3)))
	r := p.height / 9
	for dy := -r; dy < r; dy++ {
		y := cy + dy
		half := int(math.Sqrt(float64(r*r - dy*dy)))
		x0, x1 := max(cx-half, 0), min(cx+half, p.width)
		row := dst.Y[y*dst.YStride:]
		for x := x0; x < x1; x++ {
			// Lit from the upper left.
			lx, ly := x-cx+r/3, dy+r/3
			row[x] = byte(max(212-110*(lx*lx+ly*ly)/(2*r*r), 60))
		}
		if y%2 == 0 {
			fillPlane(dst.Cb, dst.CStride, x0/2, y/2, x1/2, y/2+1, 74)
			fillPlane(dst.Cr, dst.CStride, x0/2, y/2, x1/2, y/2+1, 186)
		}
	}
}

// flashRect is where the square flashes in a picture of w by h pixels: its
// middle lies at 7/8 of the width and 1/4 of the height, its side is 1/8 of
// the shorter of the two.
func flashRect(w, h int) image.Rectangle {
	x, y, half := w*7/8, h/4, min(w, h)/16
	return image.Rect(x-half, y-half, x+half, y+half)
}

// drawFlash draws the square: white for the first one or two pictures of each
// second of the clock, together with a Tone's pip, and else black.
func (p *Pattern) drawFlash(dst *Picture, at time.Time) {
	colour := [3]uint8{lumaBlack, 128, 128}
	if float64(at.Nanosecond())/1e9 < flashShare/p.fps {
		colour[0] = lumaWhite
	}
	fillRect(dst, flashRect(p.width, p.height), colour)
}

// fillRect fills r, moved out to even pixels, with one colour.
func fillRect(dst *Picture, r image.Rectangle, c [3]uint8) {
	x0, y0, x1, y1 := r.Min.X&^1, r.Min.Y&^1, (r.Max.X+1)&^1, (r.Max.Y+1)&^1
	fillPlane(dst.Y, dst.YStride, x0, y0, x1, y1, c[0])
	fillPlane(dst.Cb, dst.CStride, x0/2, y0/2, x1/2, y1/2, c[1])
	fillPlane(dst.Cr, dst.CStride, x0/2, y0/2, x1/2, y1/2, c[2])
}
