package editui

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"parley/editor"
)

// overPreview puts a framer where the preview has its picture.
func overPreview(f *framer) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 4, 8, 4), f)
}

// framerTold is what the framer tells the tab.
func (v *view) framerTold() framerTold {
	t := v.tab
	return framerTold{
		taken: func() { t.window.Canvas().Focus(v.framer) },
		part:  func(n int) { t.act(func(p *Presenter) { p.ToolPart(n) }) },
		rect:  func(n int, r editor.Rect) { t.act(func(p *Presenter) { p.ToolRect(n, r) }) },
		rest:  func() { t.act((*Presenter).EndRun) },
		done: func() {
			t.act(func(p *Presenter) { p.TakeTool(NoTool) })
			v.focus()
		},
	}
}

// showFramer lays the tool that is in hand over the preview.
func (v *view) showFramer() {
	t := v.model.Panel.Tool
	if t.Kind == NoTool {
		v.framer.show(t, nil, 1)
		return
	}
	c, ok := v.clip(t.Clip.ID)
	if !ok {
		return
	}
	of := underOf{from: v.shot(c, t.At, previewSize), rotate: t.Clip.Framing.Rotate, size: t.Size, part: editor.Whole}
	if t.Kind == PanTool {
		of.part = cropOf(t.Clip.Framing)
	}
	if of != v.under.of {
		v.under = under{of: of, picture: of.picture()}
	}
	v.framer.show(t, v.under.picture, of.aspect())
}

// under is the picture that lies under a tool.
type under struct {
	of      underOf
	picture *image.RGBA
}
