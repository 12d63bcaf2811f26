package editui

import "parley/editor"

// Tool is what is drawn over the picture to be dragged.
type Tool struct {
	Kind  ToolKind
	Clip  editor.Clip
	At    editor.Time   // the moment of the source that is shown
	Size  Size          // of the turned picture
	Rects []editor.Rect // a crop; or what a way begins and ends with
	Part  int           // the rectangle that keys move
	Shape float64       // that is kept, in fractions of the picture; 0: any
	Held  float64       // that a crop is held to, in heights
}

// ToolKind is which tool it is.
type ToolKind int

// The tools.
const (
	NoTool ToolKind = iota
	CropTool
	PanTool
)

// tooling is the tool that a person took up for a clip; another clip puts it
// down.
type tooling struct {
	kind  ToolKind
	of    editor.ClipID
	part  int
	shape float64 // that a crop is held to, in heights; 0: any
}

// TakeTool takes up a tool for the chosen clip, or puts it down where it is
// NoTool or the one that is in hand. For a way there has to be one.
func (p *Presenter) TakeTool(k ToolKind) {
	p.EndRun()
	if c, _, ok := p.chosen(); ok && p.inHand(c) != k {
		if k == PanTool && !c.Framing.Pan.Moves() {
			p.Pan(ZoomIn) // there has to be a way that can be drawn
		}
		p.tooling = tooling{kind: k, of: c.ID}
		return
	}
	p.tooling = tooling{}
}

// inHand is the tool that is in hand for a clip.
func (p *Presenter) inHand(c editor.Clip) ToolKind {
	if p.tooling.of != c.ID || len(p.targets()) != 1 {
		return NoTool
	}
	if k := p.tooling.kind; k == CropTool && p.canFrame(c) || k == PanTool && p.hasPicture(c) {
		return k
	}
	return NoTool
}

// ToolPart chooses the rectangle that keys move.
func (p *Presenter) ToolPart(n int) {
	p.EndRun()
	p.tooling.part = n
}

// HoldShape holds what is cropped to a shape from now on.
func (p *Presenter) HoldShape(s Shape) {
	p.tooling.shape = s.Ratio
	p.CropTo(s)
}

// ToolRect takes a rectangle that was dragged or moved by keys.
func (p *Presenter) ToolRect(n int, r editor.Rect) {
	c, _, ok := p.chosen()
	if !ok {
		return
	}
	switch p.inHand(c) {
	case CropTool:
		p.Crop(r)
	case PanTool:
		p.tooling.part = n
		p.PanPart(n == 1, r)
	}
}

func (p *Presenter) tool(c editor.Clip) Tool {
	t := Tool{Kind: p.inHand(c), Clip: c, At: p.moment(), Size: p.turnedSize(c), Part: p.tooling.part}
	switch t.Kind {
	case CropTool:
		t.Rects = []editor.Rect{cropOf(c.Framing)}
		t.Part, t.Held = 0, p.tooling.shape
		if p.tooling.shape > 0 {
			t.Shape = shapeOf(p.tooling.shape, p.turnedSize(c).Aspect())
		}
	case PanTool:
		if p.library[c.Source].Recording != nil { // the camera moves over the whole frame
			o := p.Project().Spec()
			t.Size = Size{o.Width, o.Height}
		}
		s := p.pan(c)
		t.Rects, t.Shape = []editor.Rect{s.From, s.To}, s.Shape
	}
	return t
}
