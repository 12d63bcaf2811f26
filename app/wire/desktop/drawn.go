package desktop

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"path/filepath"

	"parley/app/settings"
	"parley/editor"
	"parley/editor/store"
)

// drawn makes what the strip draws of sources, thumbnails and waveforms, and
// keeps it on the disk: a project that is opened again is drawn at once.
type drawn struct {
	*lazyEditor
	cache *store.Cache
}

// drawnLimit bounds what is kept, in bytes.
const drawnLimit = 256 << 20

func newDrawn(kit *lazyEditor, folders settings.Folders) *drawn {
	return &drawn{kit, &store.Cache{Dir: filepath.Join(folders.Cache, "drawn"), Limit: drawnLimit}}
}

// largestKept is the longer side of a picture that is worth keeping.
const largestKept = 512

// Thumbnail satisfies editui.Thumbnailer.
func (d *drawn) Thumbnail(ctx context.Context, path string, at editor.Time, maxW, maxH int) (*image.RGBA, error) {
	key, err := store.FileKey(path, fmt.Sprintf("picture at %d/%d in %dx%d", at.Num(), at.Den(), maxW, maxH))
	if err != nil || max(maxW, maxH) > largestKept {
		return d.lazyEditor.Thumbnail(ctx, path, at, maxW, maxH)
	}
	if data, ok := d.cache.Get(key); ok {
		if kept, err := jpeg.Decode(bytes.NewReader(data)); err == nil {
			return rgba(kept), nil
		}
	}
	picture, err := d.lazyEditor.Thumbnail(ctx, path, at, maxW, maxH)
	if err != nil {
		return nil, err
	}
	var data bytes.Buffer
	if err := jpeg.Encode(&data, picture, &jpeg.Options{Quality: 85}); err == nil {
		_ = d.cache.Put(key, data.Bytes()) // it is made again then
	}
	return picture, nil
}

func rgba(picture image.Image) *image.RGBA {
	b := picture.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Bounds(), picture, b.Min, draw.Src)
	return out
}

// Waveform satisfies editui.Peaks. Of a recording all sounds are heard, of
// a file the tracks that are asked for, at first the first.
func (d *drawn) Waveform(ctx context.Context, s editor.Source, tracks []int, grew func(*editor.Waveform)) (*editor.Waveform, error) {
	if s.Recording == nil && s.Media == nil {
		return &editor.Waveform{}, nil
	}
	var parts []*editor.Waveform
	hear := func(m *editor.Media, track int, lead editor.Time) error {
		w, err := d.sound(ctx, m, track, lead, func(w *editor.Waveform) { grew(editor.Together(append(parts, w)...)) })
		if err == nil {
			parts = append(parts, w)
		}
		return err
	}
	if s.Recording == nil {
		if len(tracks) == 0 {
			tracks = []int{0}
		}
		for _, track := range tracks {
			if err := hear(s.Media, track, editor.Time{}); err != nil {
				return nil, err
			}
		}
		return editor.Together(parts...), nil
	}
	for _, t := range s.Recording.Of(editor.AudioStream) {
		if m := s.Tracks[t.ID]; m != nil { // all on one clock, which begins before the track does
			if err := hear(m, 0, m.Origin()); err != nil {
				return nil, err
			}
		}
	}
	return editor.Together(parts...), nil
}

// sound is the sound of one track, with silence of a length before it.
func (d *drawn) sound(ctx context.Context, m *editor.Media, track int, lead editor.Time, grew func(*editor.Waveform)) (*editor.Waveform, error) {
	silence := make([]editor.Peak, max(0, min(lead.SamplesRound(editor.PeakRate), 1<<24)))
	after := func(peaks []editor.Peak) *editor.Waveform {
		return editor.NewWaveform(append(append(make([]editor.Peak, 0, len(silence)+len(peaks)), silence...), peaks...))
	}
	key, err := store.FileKey(m.Path, fmt.Sprintf("sound %d", track))
	if err != nil {
		return nil, err
	}
	if data, ok := d.cache.Get(key); ok {
		return after(peaksOf(data)), nil
	}
	kit, err := d.get()
	if err != nil {
		return nil, err
	}
	peaks, err := kit.Tools.Waveform(ctx, m, track, func(peaks []editor.Peak) { grew(after(peaks)) })
	if err != nil {
		return nil, err
	}
	_ = d.cache.Put(key, bytesOf(peaks)) // it is made again then
	return after(peaks), nil
}

func bytesOf(peaks []editor.Peak) []byte {
	data := make([]byte, 0, 2*len(peaks))
	for _, p := range peaks {
		data = append(data, byte(p.Low), byte(p.High))
	}
	return data
}

func peaksOf(data []byte) []editor.Peak {
	peaks := make([]editor.Peak, len(data)/2)
	for i := range peaks {
		peaks[i] = editor.Peak{Low: int8(data[2*i]), High: int8(data[2*i+1])}
	}
	return peaks
}
