package editui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"parley/editor"
)

// framingView is how a picture is put into the frame.
type framingView struct {
	fold    *fold
	fits    *segments
	crop    *heardButton
	shapes  *segments
	numbers [4]*momentEntry
	part    *fyne.Container // what is there while the picture is cropped
	steady  *heardCheck
	lacks   *lines // why the picture cannot be steadied
	plain   *heardButton
	shaped  []Shape
}

// fits are the ways to fit a picture, in the order in which they are shown.
var fits = []editor.Fit{editor.FitInside, editor.FitFill, editor.FitBlur}

func newFramingView(i *inspector) *framingView {
	f := &framingView{}
	f.fits = i.segments([]string{lang.L("Whole"), lang.L("Fill"), lang.L("Blurred edge")}, func(n int) {
		i.act(func(p *Presenter) { p.Fit(fits[n]) })
	})
	turn := container.NewGridWithColumns(2,
		i.button(lang.L("Turn left"), turnLeft, func() { i.act(func(p *Presenter) { p.Rotate(-1) }) }),
		i.button(lang.L("Turn right"), turnRight, func() { i.act(func(p *Presenter) { p.Rotate(1) }) }))
	f.crop = i.button("", nil, func() { i.act(func(p *Presenter) { p.TakeTool(CropTool) }) })
	f.steady = i.check(lang.L("Steady a shaky picture"), func(on bool) { i.act(func(p *Presenter) { p.Stabilise(on) }) })
	f.lacks = quietLines("")
	f.plain = i.quietButton(lang.L("As it was taken"), nil, func() { i.act((*Presenter).ResetFraming) })
	f.part = f.cropping(i)
	f.fold = i.fold(lang.L("Picture"), false,
		wide(f.fits), wide(turn), wide(f.crop), f.part, f.steady, f.lacks, wide(f.plain))
	return f
}

// cropping is shapes and numbers of a crop.
func (f *framingView) cropping(i *inspector) *fyne.Container {
	f.shaped = cropShapes(16.0 / 9)
	var names []string
	for _, s := range f.shaped {
		names = append(names, tr(s.Name))
	}
	f.shapes = i.segments(names, func(n int) { i.act(func(p *Presenter) { p.HoldShape(f.shaped[n]) }) })
	for side := range f.numbers {
		f.numbers[side] = i.moment(func(string) {}, func(text string) error {
			return i.enter(func(p *Presenter) error { return p.EnterCrop(Side(side), text) })
		}, i.done)
	}
	pair := func(a, b Side) fyne.CanvasObject {
		return container.NewGridWithColumns(2, f.numbers[a], f.numbers[b])
	}
	all := i.quietButton(lang.L("Show all of it"), nil, func() { i.act((*Presenter).Uncrop) })
	return container.NewVBox(wide(f.shapes),
		row(lang.L("Left, top"), pair(CropLeft, CropTop), nil),
		row(lang.L("Width, height"), pair(CropWidth, CropHeight), nil), wide(all))
}

func (f *framingView) show(p Panel, other bool) {
	s, one := p.Framing, p.Chosen == 1
	f.fold.show(s.On, s.Summary)
	if !s.On {
		return
	}
	f.shaped = cropShapes(p.Film.Aspect)
	inHand := p.Tool.Kind == CropTool
	f.fits.set(placeOf(fits, s.Fit))
	visible(f.crop, one)
	f.crop.tool(inHand, lang.L("Crop…"), lang.L("Cropping done"))
	visible(f.part, one && (inHand || s.Crop != editor.Whole))
	f.shapes.set(f.shapeOf(p))
	for side, n := range CropNumbers(s.Crop, s.Size) {
		f.numbers[side].set(strconv.Itoa(n), other)
	}
	able := s.Unsteady.IsZero()
	visible(f.steady, s.CanStabilise && (able || s.Stabilise)) // what is on can be taken off
	f.steady.set(s.Stabilise)
	lacks := s.Unsteady
	if able && s.Stabilise {
		lacks = say("The film will be steady; this picture is as it was taken.")
	}
	visible(f.lacks, s.CanStabilise && !lacks.IsZero())
	f.lacks.SetText(tr(lacks))
	visible(f.plain, len(s.Summary) > 0)
}

// shapeOf is the shape to which the crop is held.
func (f *framingView) shapeOf(p Panel) int {
	for i, s := range f.shaped {
		if s.Ratio == p.Tool.Held {
			return i
		}
	}
	return 0
}
