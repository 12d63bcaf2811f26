package editui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// dial is a number that is slid or written. What is slid is told at once, and
// is one change until the slider is let go or left.
type dial struct {
	content *fyne.Container
	slider  *heardSlider
	entry   *momentEntry
	rest    float64 // a place that the slider likes to stand at
	snap    float64 // how far it is drawn there, 0 for not at all
}

// dialing is what a dial tells of and asks for.
type dialing struct {
	slid  func(float64) // is called while it moves
	ended func()        // what was slid is done
	enter func(string) error
	done  func() // keys go elsewhere
}

// valueWidth is that of an entry beside a slider.
const valueWidth = 80

func (k kit) dial(least, most, step float64, told dialing) *dial {
	d := &dial{slider: k.slider(least, most, step)}
	d.slider.OnChanged = func(v float64) { told.slid(d.drawn(v)) }
	d.slider.left = told.ended
	d.entry = k.moment(func(string) {}, told.enter, told.done)
	d.content = container.NewBorder(nil, nil, nil, container.New(fixedWidth(valueWidth), d.entry), d.slider)
	return d
}

// drawn is where the slider comes to stand when it is let go at v.
func (d *dial) drawn(v float64) float64 {
	if v > d.rest-d.snap && v < d.rest+d.snap {
		return d.rest
	}
	return v
}

// show shows a number and how it is written, without telling of it. The entry
// keeps what is being written into it unless anew.
func (d *dial) show(v float64, text string, anew bool) {
	v = max(d.slider.Min, min(d.slider.Max, v))
	if d.slider.Value != v {
		d.slider.Value = v
		d.slider.Refresh()
	}
	d.entry.set(text, anew)
}
