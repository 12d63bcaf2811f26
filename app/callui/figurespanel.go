package callui

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"

	"parley/app/look"
	"parley/call"
)

// figuresPanel is the table of figures on the picture: what is received beside
// what is sent, and beneath what there is once.
type figuresPanel struct {
	content *fyne.Container
	rows    []figuresRow
	table   *fyne.Container
}

// figuresRow is a name with one value, or two.
type figuresRow struct {
	name    *canvas.Text
	in, out *canvas.Text // out is nil where there is one value
	tell    func(Figures) (in, out string)
}

const figureSize = 12.5 // of the letters

func newFiguresPanel() *figuresPanel {
	p := &figuresPanel{}
	p.table = &fyne.Container{Layout: figuresTable{p}}
	p.pair("", func(Figures) (string, string) { return lang.L("Received"), lang.L("Sent") })
	p.pair(lang.L("Picture"), bothWays(sizeOf))
	p.pair(lang.L("Screen"), bothWays(func(f Flow) string { return orDash(f.Screen) }))
	p.pair(lang.L("Codec"), bothWays(func(f Flow) string { return orDash(f.Codec) }))
	p.pair(lang.L("Pictures a second"), bothWays(func(f Flow) string { return fmt.Sprintf("%.0f", f.FrameRate) }))
	p.pair(lang.L("Picture, Mbit/s"), bothWays(func(f Flow) string { return fmt.Sprintf("%.2f", f.Picture/1e6) }))
	p.one(lang.L("Allowed, Mbit/s"), func(f Figures) string { return fmt.Sprintf("%.2f", f.Target/1e6) })
	p.pair(lang.L("Sound, kbit/s"), bothWays(func(f Flow) string { return fmt.Sprintf("%.0f", f.Sound/1e3) }))
	p.pair(lang.L("Lost"), bothWays(func(f Flow) string { return percent(f.Loss) }))
	p.one(lang.L("Sound made up"), func(f Figures) string { return percent(f.Concealed) })
	p.one(lang.L("Freezes"), freezesOf)
	p.one(lang.L("There and back"), roundTripOf)
	p.one(lang.L("Path"), func(f Figures) string { return orDash(f.Path) })
	p.one(lang.L("Held back by"), func(f Figures) string { return tr(limitText(f.Limit)) })
	p.content = look.Pill(15, 15, 10, p.table)
	p.show(Figures{})
	return p
}

func (p *figuresPanel) pair(name string, tell func(Figures) (string, string)) {
	r := figuresRow{name: figure(false), in: figure(true), out: figure(true), tell: tell}
	r.name.Text = name
	p.add(r)
}

func (p *figuresPanel) one(name string, tell func(Figures) string) {
	r := figuresRow{name: figure(false), in: figure(true)}
	r.name.Text = name
	r.tell = func(f Figures) (string, string) { return tell(f), "" }
	p.add(r)
}

func (p *figuresPanel) add(r figuresRow) {
	if len(p.rows) == 0 { // the heading
		r.in.Color, r.out.Color = softWhite, softWhite
	}
	p.rows = append(p.rows, r)
	p.table.Add(r.name)
	p.table.Add(r.in)
	if r.out != nil {
		p.table.Add(r.out)
	}
}

// figure is a text of the table: values stand at their column's right.
func figure(value bool) *canvas.Text {
	t := look.Words("", figureSize, false)
	if value {
		t.Alignment = fyne.TextAlignTrailing
	} else {
		t.Color = softWhite
	}
	return t
}

func (p *figuresPanel) show(f Figures) {
	for i, r := range p.rows {
		in, out := r.tell(f)
		if i > 0 && !f.Valid {
			in, out = "–", "–"
		}
		r.in.Text = in
		if r.out != nil {
			r.out.Text = out
		}
	}
	p.table.Refresh() // lays the values out anew
	p.content.Refresh()
}

func bothWays(tell func(Flow) string) func(Figures) (string, string) {
	return func(f Figures) (string, string) { return tell(f.In), tell(f.Out) }
}

func sizeOf(f Flow) string {
	if f.Width == 0 {
		return "–"
	}
	return fmt.Sprintf("%d×%d", f.Width, f.Height)
}

func percent(share float64) string { return fmt.Sprintf("%.1f %%", 100*share) }

func freezesOf(f Figures) string {
	if f.Freezes == 0 {
		return "0"
	}
	return fmt.Sprintf("%d  (%.1f s)", f.Freezes, f.Frozen.Seconds())
}

func roundTripOf(f Figures) string {
	if f.RoundTrip <= 0 {
		return "–"
	}
	return fmt.Sprintf("%.0f ms", float64(f.RoundTrip)/float64(time.Millisecond))
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// limitText says what holds this side's picture back.
func limitText(l call.Limit) Text {
	switch l {
	case call.ByNetwork:
		return say("the network")
	case call.ByCPU:
		return say("this computer")
	}
	return say("nothing")
}

// figuresTable lays the table out. A column of values keeps a width, so that
// they stay in their places while they change.
type figuresTable struct{ p *figuresPanel }

const (
	valueWidth = 76
	columnGap  = 14
	rowGap     = 2
)

func (l figuresTable) widths() (name, value float32) {
	value = valueWidth
	for _, r := range l.p.rows {
		name = max(name, r.name.MinSize().Width)
		if r.out != nil {
			value = max(value, r.in.MinSize().Width, r.out.MinSize().Width)
		}
	}
	return name, value
}

// MinSize is Fyne's.
func (l figuresTable) MinSize([]fyne.CanvasObject) fyne.Size {
	name, value := l.widths()
	width := name + 2*(value+columnGap)
	for _, r := range l.p.rows {
		if r.out == nil {
			width = max(width, name+columnGap+r.in.MinSize().Width)
		}
	}
	return fyne.NewSize(width, float32(len(l.p.rows))*(l.line()+rowGap)-rowGap)
}

func (l figuresTable) line() float32 { return l.p.rows[0].in.MinSize().Height }

// Layout is Fyne's.
func (l figuresTable) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	_, value := l.widths()
	line := l.line()
	for i, r := range l.p.rows {
		y := float32(i) * (line + rowGap)
		place(r.name, fyne.NewPos(0, y), r.name.MinSize())
		if r.out == nil {
			w := r.in.MinSize().Width
			place(r.in, fyne.NewPos(size.Width-w, y), fyne.NewSize(w, line))
			continue
		}
		place(r.out, fyne.NewPos(size.Width-value, y), fyne.NewSize(value, line))
		place(r.in, fyne.NewPos(size.Width-2*value-columnGap, y), fyne.NewSize(value, line))
	}
}
