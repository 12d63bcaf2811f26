package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
)

// panView is the camera's way over a picture.
type panView struct {
	fold *fold
	ways *tiles
	draw *heardButton
	does *fyne.Container // what can be done with a way
}

func newPanView(i *inspector) *panView {
	v := &panView{}
	v.ways = i.tiles(3, func(n int) { i.act(func(p *Presenter) { p.Pan(PanWay(n)) }) })
	v.ways.acts = true
	v.ways.set([]tile{
		{lang.L("Zoom in"), wayDiagram(ZoomIn)},
		{lang.L("Zoom out"), wayDiagram(ZoomOut)},
		{lang.L("To the left"), wayDiagram(PanLeft)},
		{lang.L("To the right"), wayDiagram(PanRight)},
		{lang.L("Upwards"), wayDiagram(PanUp)},
		{lang.L("Downwards"), wayDiagram(PanDown)},
	}, -1)
	v.draw = i.button("", nil, func() { i.act(func(p *Presenter) { p.TakeTool(PanTool) }) })
	v.does = container.NewGridWithColumns(2,
		i.quietButton(lang.L("Turn around"), nil, func() { i.act((*Presenter).SwapPan) }),
		i.quietButton(lang.L("Stand still"), nil, func() { i.act((*Presenter).StopPan) }))
	v.fold = i.fold(lang.L("Zoom and pan"), false, wide(v.ways), wide(v.draw), wide(v.does))
	return v
}

func (v *panView) show(p Panel) {
	v.fold.show(p.Pan.On, p.Pan.Summary)
	v.draw.tool(p.Tool.Kind == PanTool, lang.L("Draw on the picture…"), lang.L("Drawing done"))
	visible(v.draw, p.Chosen == 1)
	visible(v.does, p.Pan.Moves)
}
