package editui

import (
	"context"
	"image"
	"math"
	"sync"

	"parley/editor"
)

// Sizes of the pictures, in pixels: the strip's and the large one's.
var (
	stripSize   = image.Pt(256, 144)
	previewSize = image.Pt(960, 540)
)

// maxPictures bounds the memory that pictures take, in bytes.
const maxPictures = 96 << 20

// shot is a moment of a source.
type shot struct {
	path        string
	arrangement editor.Arrangement
	at          editor.Time // on the source's clock
	size        image.Point
	frame       image.Point // of a call: the film's frame within size
}

// still is a file's picture at a time from the file's beginning.
type still struct {
	path string
	at   editor.Time
}

// pictures makes pictures in the background and keeps the newest of them. It
// is safe for concurrent use.
type pictures struct {
	thumbnailer Thumbnailer
	effects     editor.Effects
	pool        *pool
	ready       func() // called from a worker when there is a new one

	mu    sync.Mutex
	kept  map[shot]*picture
	bytes int
	clock int // grows with every use
}

// picture is one that was asked for; its image is nil while it is being made
// and where it cannot be.
type picture struct {
	image *image.RGBA
	used  int
}

func newPictures(t Thumbnailer, e editor.Effects, p *pool, ready func()) *pictures {
	return &pictures{thumbnailer: t, effects: e, pool: p, ready: ready, kept: map[shot]*picture{}}
}

// get returns the picture of a shot, or nil and has it made. The picture is
// not to be changed.
func (p *pictures) get(q shot, s editor.Source) *image.RGBA {
	image, asked := p.look(q)
	if !asked {
		p.pool.picture(job{
			run:  func(ctx context.Context) { p.make(ctx, q, s) },
			drop: func() { p.forget(q) },
		})
	}
	return image
}

// look returns what there is of a shot, and whether it was asked for before.
func (p *pictures) look(q shot) (*image.RGBA, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clock++
	if got, ok := p.kept[q]; ok {
		got.used = p.clock
		return got.image, true
	}
	p.kept[q] = &picture{used: p.clock}
	return nil, false
}

// near is the picture of a source that is there and nearest to a moment; nil
// where there is none of the 10 s around it.
func (p *pictures) near(path string, a editor.Arrangement, at editor.Time) *image.RGBA {
	p.mu.Lock()
	defer p.mu.Unlock()
	var best *image.RGBA
	nearest := 5.0
	for q, got := range p.kept {
		if q.path != path || q.arrangement != a || got.image == nil {
			continue
		}
		if d := math.Abs(q.at.Sub(at).Float()); d < nearest {
			best, nearest = got.image, d
		}
	}
	return best
}

// forgetSource has the pictures of a source made anew.
func (p *pictures) forgetSource(path string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for q, got := range p.kept {
		if q.path != path {
			continue
		}
		if got.image != nil {
			p.bytes -= len(got.image.Pix)
		}
		delete(p.kept, q)
	}
}

func (p *pictures) forget(q shot) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.kept, q)
}

func (p *pictures) make(ctx context.Context, q shot, s editor.Source) {
	made := p.call
	if s.Recording == nil {
		made = p.file
	}
	picture := made(ctx, q, s)
	if ctx.Err() != nil {
		p.forget(q)
		return
	}
	p.keep(q, picture)
	p.ready()
}

// file makes a picture of a file; nil where it cannot be made.
func (p *pictures) file(ctx context.Context, q shot, _ editor.Source) *image.RGBA {
	picture, err := p.thumbnailer.Thumbnail(ctx, q.path, q.at, q.size.X, q.size.Y)
	if err != nil {
		return nil
	}
	return picture
}

// call makes a picture of a call, of those of its parts that can be made; nil
// where none can.
func (p *pictures) call(ctx context.Context, q shot, s editor.Source) *image.RGBA {
	all := collageOf(s, q, p.effects)
	var whole *image.RGBA
	for _, part := range all.parts {
		size := part.ask()
		picture, err := p.thumbnailer.Thumbnail(ctx, part.path, part.at, size.X, size.Y)
		if err != nil {
			continue
		}
		if whole == nil {
			whole = all.begin()
		}
		part.lay(whole, picture)
	}
	return whole
}

func (p *pictures) keep(q shot, i *image.RGBA) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if before := p.kept[q]; before != nil && before.image != nil {
		p.bytes -= len(before.image.Pix)
	}
	if i != nil {
		p.bytes += len(i.Pix)
	}
	p.kept[q] = &picture{image: i, used: p.clock}
	for p.bytes > maxPictures && p.evict(q) {
	}
}

// evict forgets the picture that was not used for longest, except one.
func (p *pictures) evict(except shot) bool {
	var oldest shot
	found := false
	for q, got := range p.kept {
		if got.image != nil && q != except && (!found || got.used < p.kept[oldest].used) {
			oldest, found = q, true
		}
	}
	if found {
		p.bytes -= len(p.kept[oldest].image.Pix)
		delete(p.kept, oldest)
	}
	return found
}
