package editui

import (
	"context"
	"image"
	"image/draw"
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
}

// still is a file's picture at a time from the file's beginning.
type still struct {
	path string
	at   editor.Time
}

// stillsOf are the pictures that a shot is made of, beside each other.
func stillsOf(s editor.Source, q shot) []still {
	if s.Recording == nil {
		return []still{{q.path, q.at}}
	}
	var stills []still
	for _, t := range parties(s) {
		if q.arrangement == editor.OnlyMe && t.Who != editor.Me || q.arrangement == editor.OnlyThem && t.Who != editor.Them {
			continue
		}
		since := q.at.Sub(editor.Rational(t.OffsetNS, 1e9)).Max(editor.Time{})
		stills = append(stills, still{s.Recording.TrackPath(t), since})
	}
	return stills
}

// pictures makes pictures in the background and keeps the newest of them. It
// is safe for concurrent use.
type pictures struct {
	thumbnailer Thumbnailer
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

func newPictures(t Thumbnailer, p *pool, ready func()) *pictures {
	return &pictures{thumbnailer: t, pool: p, ready: ready, kept: map[shot]*picture{}}
}

// get returns the picture of a shot, or nil and has it made. The picture is
// not to be changed.
func (p *pictures) get(q shot, s editor.Source) *image.RGBA {
	image, asked := p.look(q)
	if !asked {
		p.pool.picture(job{
			run:  func(ctx context.Context) { p.make(ctx, q, stillsOf(s, q)) },
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

func (p *pictures) make(ctx context.Context, q shot, stills []still) {
	var parts []*image.RGBA
	for _, s := range stills {
		size := image.Pt(q.size.X/len(stills), q.size.Y)
		part, err := p.thumbnailer.Thumbnail(ctx, s.path, s.at, size.X, size.Y)
		if ctx.Err() != nil {
			p.forget(q)
			return
		}
		if err == nil {
			parts = append(parts, part)
		}
	}
	p.keep(q, beside(parts))
	p.ready()
}

// beside puts pictures of a call next to each other.
func beside(parts []*image.RGBA) *image.RGBA {
	if len(parts) == 0 {
		return nil
	}
	if len(parts) == 1 {
		return parts[0]
	}
	w, h := 0, 0
	for _, part := range parts {
		w += part.Rect.Dx()
		h = max(h, part.Rect.Dy())
	}
	all := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(all, all.Rect, image.Black, image.Point{}, draw.Src)
	x := 0
	for _, part := range parts {
		at := image.Pt(x, (h-part.Rect.Dy())/2)
		draw.Draw(all, part.Rect.Sub(part.Rect.Min).Add(at), part, part.Rect.Min, draw.Src)
		x += part.Rect.Dx()
	}
	return all
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
