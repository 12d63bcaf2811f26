// Package layout reads layouts of calls from data files. A file is one layout,
// so that anybody can add one without a compiler:
//
//	{
//	  "name": "picture-in-picture", "label": "Picture in picture", "order": 20,
//	  "ground": "#000000",
//	  "else": "side-by-side",
//	  "boxes": [
//	    {"show": "them", "x": 0, "y": 0, "w": 1, "h": 1, "fit": "inside"},
//	    {"show": "me", "x": 0.74, "y": 0.72, "w": 0.24, "h": 0.24, "radius": 0.02}
//	  ],
//	  "upright": []
//	}
//
// What the fields mean is said at editor.Layout and editor.LayoutBox.
package layout

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math"
	"slices"

	"parley/editor"
)

// file is a layout as it is written down.
type file struct {
	Name    string  `json:"name"`
	Label   string  `json:"label"`
	Order   float64 `json:"order"` // place in the menu, least first
	Ground  string  `json:"ground"`
	Else    string  `json:"else"`
	Boxes   []box   `json:"boxes"`
	Upright []box   `json:"upright"`
}

type box struct {
	Show   editor.Feed `json:"show"`
	X      float64     `json:"x"`
	Y      float64     `json:"y"`
	W      float64     `json:"w"`
	H      float64     `json:"h"`
	Fit    editor.Fit  `json:"fit"`
	Radius float64     `json:"radius"`
}

// ordered is a layout with its place in the menu.
type ordered struct {
	editor.Layout
	order float64
}

// Load reads the layouts of the folders and sorts them for the menu. A file
// in a later folder replaces one of the same name; a bad one is left out and
// told to the log.
func Load(log *slog.Logger, folders ...fs.FS) []editor.Layout {
	read := editor.ReadDataFiles(folders, parse, func(l ordered) string { return l.Name }, log)
	slices.SortStableFunc(read, func(a, b ordered) int { return cmp.Compare(a.order, b.order) })
	var all []editor.Layout
	for _, l := range read {
		all = append(all, l.Layout)
	}
	return all
}

// Parse reads one layout. Its error is a sentence that names what to mend.
func Parse(data []byte) (editor.Layout, error) {
	l, err := parse(data)
	return l.Layout, err
}

func parse(data []byte) (ordered, error) {
	var f file
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields() // a misspelled field is told, not passed over
	if err := d.Decode(&f); err != nil {
		return ordered{}, fmt.Errorf("it is no layout: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return ordered{}, errors.New("there is something behind the layout")
	}
	l := editor.Layout{Name: f.Name, Label: f.Label, Ground: f.Ground, Else: f.Else, Boxes: boxes(f.Boxes), Upright: boxes(f.Upright)}
	if err := l.Check(); err != nil {
		return ordered{}, err
	}
	if math.Abs(f.Order) > 1e6 {
		return ordered{}, fmt.Errorf("%g is no place in a menu", f.Order)
	}
	return ordered{l, f.Order}, nil
}

func boxes(written []box) []editor.LayoutBox {
	var all []editor.LayoutBox
	for _, b := range written {
		all = append(all, editor.LayoutBox{
			Feed: b.Show, Rect: editor.Rect{X: b.X, Y: b.Y, W: b.W, H: b.H}, Fit: b.Fit, Radius: b.Radius,
		})
	}
	return all
}
