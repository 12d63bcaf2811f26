package callui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
)

// readyPanel is what stands beside the own picture before a call: whom to
// call, what to see and hear with, and where one can be called.
type readyPanel struct {
	content *container.Scroll
	column  *fyne.Container
	copy    func(string)

	address *widget.Entry
	call    *widget.Button
	self    *widget.Button

	deviceLists
	meter *look.Meter

	mine      *widget.Label
	copyMine  *widget.Button
	addresses []string
	copiedAt  time.Time
	begun     bool
}

func newReadyPanel(desk *Desk, copy func(string)) *readyPanel {
	p := &readyPanel{copy: copy, meter: look.NewMeter()}
	p.address = widget.NewEntry()
	p.address.SetPlaceHolder(lang.L("Address, for example 192.168.1.7"))
	p.address.OnSubmitted = desk.Dial
	p.call = widget.NewButton(lang.L("Call"), func() { desk.Dial(p.address.Text) })
	p.call.Importance = widget.HighImportance
	p.self = widget.NewButton(lang.L("Call myself, to try everything"), desk.DialSelf)
	p.self.Importance = widget.LowImportance

	app := fyne.CurrentApp().Settings()
	p.deviceLists = newDeviceLists(desk, app.Theme().Color(theme.ColorNamePlaceHolder, app.ThemeVariant()))

	p.mine = widget.NewLabel("")
	p.mine.Truncation = fyne.TextTruncateEllipsis
	p.mine.TextStyle.Monospace = true
	p.copyMine = widget.NewButtonWithIcon(lang.L("Copy"), theme.ContentCopyIcon(), p.copied)
	p.copyMine.Importance = widget.LowImportance

	p.column = p.build()
	p.content = container.NewVScroll(p.column)
	return p
}

func (p *readyPanel) build() *fyne.Container {
	heading := widget.NewRichText(&widget.TextSegment{Text: lang.L("Who do you want to call?"), Style: widget.RichTextStyleHeading})
	heading.Wrapping = fyne.TextWrapWord
	inset := func(o fyne.CanvasObject) fyne.CanvasObject {
		return container.NewBorder(nil, nil, look.Gap(31, 1), look.Gap(3, 1), o)
	}
	return container.New(layout.NewCustomPaddedVBoxLayout(6),
		heading,
		container.NewBorder(nil, nil, nil, p.call, p.address),
		p.self,
		look.Gap(1, 12),
		caption(lang.L("Camera and sound")),
		p.camera.content,
		p.microphone.content,
		inset(p.meter),
		p.speaker.content,
		look.Gap(1, 12),
		caption(lang.L("You can be called at")),
		container.NewBorder(nil, nil, nil, p.copyMine, p.mine),
	)
}

// caption is a small heading.
func caption(text string) fyne.CanvasObject {
	l := widget.NewLabel(text)
	l.SizeName = theme.SizeNameCaptionText
	l.Importance = widget.LowImportance
	return l
}

// height is the panel's height without scrolling.
func (p *readyPanel) height() float32 { return p.column.MinSize().Height }

func (p *readyPanel) copied() {
	if len(p.addresses) > 0 {
		p.copy(p.addresses[0])
		p.copiedAt = time.Now()
		p.copyMine.SetText(lang.L("Copied"))
		p.copyMine.SetIcon(theme.ConfirmIcon())
	}
}

// thanks is how long the copy button says that it has copied.
const thanks = 2 * time.Second

// beat moves what moves by itself.
func (p *readyPanel) beat(level float64, now time.Time) {
	p.meter.Set(level)
	if !p.copiedAt.IsZero() && now.Sub(p.copiedAt) > thanks {
		p.copiedAt = time.Time{}
		p.copyMine.SetText(lang.L("Copy"))
		p.copyMine.SetIcon(theme.ContentCopyIcon())
	}
}

func (p *readyPanel) show(m Model) {
	if !p.begun {
		p.address.SetText(m.Address)
		p.begun = true
	}
	p.deviceLists.show(m)
	p.addresses = m.Mine
	text := lang.L("No network was found")
	if len(m.Mine) > 0 {
		text = m.Mine[0]
	}
	if p.mine.Text != text {
		p.mine.SetText(text)
	}
	if len(m.Mine) == 0 {
		p.copyMine.Disable()
	} else {
		p.copyMine.Enable()
	}
}
