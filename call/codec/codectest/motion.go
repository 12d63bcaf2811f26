package codectest

import (
	"image"
	"math"
	"math/rand/v2"
	"sync"
	"time"

	"parley/call"
)

// Motion is a picture in which everything moves: a textured ground pans on a
// curve, discs of other textures cross it, and grain lies over all. Two Motions
// of one size give the same pictures.
type Motion struct {
	*scene
	pic  call.Picture
	step time.Duration
	n    int
	rng  *rand.Rand // where the grain lies
}

// grainHeight is the largest step of the grain in grey levels.
const grainHeight = 2

// scenes keeps what a size needs, because making it takes longer than many
// pictures do.
var scenes = struct {
	sync.Mutex
	of map[image.Point]*scene
}{of: map[image.Point]*scene{}}

// scene is the material of a size; nobody writes to it.
type scene struct {
	luma, chroma *texture
	grain        []byte
}

func sceneOf(width, height int) *scene {
	scenes.Lock()
	defer scenes.Unlock()
	size := image.Pt(width, height)
	if s := scenes.of[size]; s != nil {
		return s
	}
	rng := rand.New(rand.NewPCG(20, 26))
	s := &scene{
		luma:   newTexture(width*2, height*2, rng),
		chroma: newTexture(width+2, height+2, rng),
		grain:  make([]byte, 2*width+width*height),
	}
	for i := range s.grain {
		s.grain[i] = byte(rng.IntN(2*grainHeight+1) - grainHeight)
	}
	scenes.of[size] = s
	return s
}

// NewMotion returns a motion of the given size whose pictures are 1/fps apart.
func NewMotion(width, height int, fps float64) *Motion {
	m := &Motion{
		scene: sceneOf(width, height),
		step:  time.Duration(float64(time.Second) / fps),
		rng:   rand.New(rand.NewPCG(7, 4)),
	}
	m.pic.Resize(width, height)
	m.pic.At = time.Unix(1_000_000_000, 0)
	return m
}

// Next returns the next picture, valid until the call after it.
func (m *Motion) Next() *call.Picture {
	t := float64(m.n) * m.step.Seconds()
	m.ground(t)
	for i := range 6 {
		m.disc(i, t)
	}
	m.addGrain()
	m.n++
	m.pic.At = m.pic.At.Add(m.step)
	return &m.pic
}

// ground draws the panning texture, about 100 pixels a second.
func (m *Motion) ground(t float64) {
	p := &m.pic
	w, h := p.Width(), p.Height()
	x, y := int(120*math.Sin(t)+140), int(80*math.Cos(1.3*t)+90)
	for r := range h {
		copy(p.Y[r*w:(r+1)*w], m.luma.row(x, y+r, w))
	}
	cw, ch := p.CStride, (h+1)/2
	for r := range ch {
		copy(p.Cb[r*cw:(r+1)*cw], m.chroma.row(x/2, y/2+r, cw))
		copy(p.Cr[r*cw:(r+1)*cw], m.chroma.row(x/2+cw/3, y/2+r+ch/3, cw))
	}
}

// disc draws one round thing with a texture of its own on a path of its own.
func (m *Motion) disc(i int, t float64) {
	p := &m.pic
	w, h := p.Width(), p.Height()
	k := float64(i + 1)
	radius := h / (5 + i)
	cx := w/2 + int(float64(w)*0.45*math.Sin(t*(0.4+0.15*k)+k))
	cy := h/2 + int(float64(h)*0.45*math.Cos(t*(0.7-0.07*k)+2*k))
	for y := max(cy-radius, 0); y < min(cy+radius, h); y++ {
		half := int(math.Sqrt(float64(radius*radius - (y-cy)*(y-cy))))
		left, right := max(cx-half, 0), min(cx+half, w)
		if left >= right {
			continue
		}
		copy(p.Y[y*w+left:y*w+right], m.luma.row(left-cx+200*i+w/2, y-cy+150*i, right-left))
		fill(p.Cb[y/2*p.CStride+left/2:y/2*p.CStride+right/2], byte(90+14*i))
		fill(p.Cr[y/2*p.CStride+left/2:y/2*p.CStride+right/2], byte(170-13*i))
	}
}

func fill(b []byte, v byte) {
	for i := range b {
		b[i] = v
	}
}

// addGrain lays the noise over the picture, shifted anew each time.
func (m *Motion) addGrain() {
	shift := m.rng.IntN(2 * m.pic.Width())
	luma := m.pic.Y
	grain := m.grain[shift:][:len(luma)]
	for i := range luma {
		luma[i] += grain[i]
	}
}
