package callui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"parley/app/callui/talk"
	"parley/app/hop"
	"parley/app/video"
)

// Shell is what the call screen asks of the window around it.
type Shell struct {
	Copy       func(text string)
	FullScreen func(on bool)
	Open       func(recording string) // in the Edit tab
	// Changed hears of each model after it is shown; for menus and badges.
	Changed func(Model)
	// ChooseFiles asks for files to send; Launch opens a folder.
	ChooseFiles func(then func(paths ...string))
	Launch      func(path string)
}

// View is the call screen's widgets. Everything but Close is called on Fyne's
// goroutine. It owns the picture clock.
type View struct {
	desk  *Desk
	media Media
	shell Shell
	model Model
	root  *fyne.Container // nil before Content

	stage       *stage
	remote, own *video.Tile
	screen      *video.Tile // theirs, large while they share it
	clock       *video.Clock

	ready   *readyPanel
	using   *devicesRow // below the own picture before a call
	people  *peoplePanel
	top     *topPill
	veil    *veil
	figures *figuresPanel
	bar     *controlBar
	devices *devicesPanel
	notice  *noticeBar
	trust   *trustPanel
	chat    *talk.Panel
	quiet   *fyne.Container // on the own picture: muted
	dark    *fyne.Container // on the own picture: the camera is off

	fullScreen bool
	bare       bool      // the controls are off the picture
	movedAt    time.Time // the pointer
}

// NewView builds the call screen and begins to show the desk's models.
func NewView(desk *Desk, media Media, shell Shell) *View {
	v := &View{desk: desk, media: media, shell: shell}
	v.remote = video.NewTile(media.Remote(), canvas.ImageFillContain, media.Shown)
	v.own = video.NewTile(media.Preview(), canvas.ImageFillCover, nil)
	v.screen = video.NewTile(media.RemoteScreen(), canvas.ImageFillContain, nil)
	for _, tile := range []*video.Tile{v.remote, v.screen} {
		tile.OnDoubleTapped = v.ToggleFullScreen
		tile.OnMoved = v.moved
	}
	v.ready = newReadyPanel(desk, shell.Copy)
	v.using = newDevicesRow(desk)
	v.people = newPeoplePanel(desk)
	v.top = newTopPill()
	v.veil = newVeil()
	v.figures = newFiguresPanel()
	v.devices = newDevicesPanel(desk)
	v.bar = newControlBar(v)
	v.notice = newNoticeBar(desk, shell.Open)
	v.trust = newTrustPanel(desk)
	v.chat = newChatPanel(v)
	v.quiet = quietSign()
	v.dark = darkSign()
	v.stage = newStage(v)
	v.clock = video.NewClock(v.beat, v.remote, v.own, v.screen)
	changed := hop.NewSignal(v.renew)
	desk.OnChange(changed.Raise)
	v.show(desk.Model())
	return v
}

// Content is what the window shows.
func (v *View) Content() fyne.CanvasObject {
	v.root = container.NewBorder(nil, v.notice.content, nil, nil, v.stage.content)
	return v.root
}

// Close ends the picture clock and waits; it is idempotent.
func (v *View) Close() error { return v.clock.Close() }

// Model is what is shown.
func (v *View) Model() Model { return v.model }

// renew shows the newest model.
func (v *View) renew() { v.show(v.desk.Model()) }

// beat moves what moves besides pictures.
func (v *View) beat() {
	now := time.Now()
	switch {
	case v.model.Screen == Ready:
		v.ready.beat(now)
		v.using.meter.Set(v.level())
	case v.devices.open:
		v.devices.meter.Set(v.level())
	}
	v.idle(now)
}

// Focus puts the cursor where an address is typed.
func (v *View) Focus(c fyne.Canvas) {
	if v.model.Screen == Ready {
		c.Focus(v.ready.address)
	}
}

func (v *View) level() float64 {
	if v.model.Muted {
		return 0
	}
	return v.media.Level()
}

func (v *View) show(m Model) {
	before := v.model
	v.model = m
	v.own.SetMirror(m.MirrorOwn)
	if m.Connected && !before.Connected {
		v.remote.Blank() // the call before ended with a picture
	}
	if m.TheirScreen && !before.TheirScreen {
		v.screen.Blank() // the one before ended with a picture
	}
	if before.Screen != m.Screen && m.Screen != InCall && v.fullScreen {
		v.SetFullScreen(false)
	}
	v.ready.show(m)
	v.using.show(m)
	v.people.show(m)
	v.top.show(m)
	v.veil.show(m)
	visible(v.figures.content, m.Connected && m.ShowStats)
	if v.figures.content.Visible() {
		v.figures.show(m.Stats)
	}
	v.devices.show(m)
	v.bar.show(m)
	v.notice.show(m)
	v.trust.show(m)
	v.showChat(m, before.Chat)
	v.stage.show(m)
	if v.root != nil && before.Notice.Text.IsZero() != m.Notice.Text.IsZero() {
		v.root.Refresh() // a border does not lay itself out anew when a part hides
	}
	if v.shell.Changed != nil {
		v.shell.Changed(m)
	}
}

// ToggleFullScreen fills the screen with the call, or ends that.
func (v *View) ToggleFullScreen() { v.SetFullScreen(!v.fullScreen) }

// SetFullScreen fills the screen with a call.
func (v *View) SetFullScreen(on bool) {
	if on && v.model.Screen != InCall {
		return
	}
	v.fullScreen = on
	v.shell.FullScreen(on)
	v.bar.show(v.model)
	v.moved()
}

// stillness is how long the pointer rests before the controls leave a full
// screen to the picture.
const stillness = 3 * time.Second

// moved brings the controls back.
func (v *View) moved() {
	v.movedAt = time.Now()
	if v.bare {
		v.bare = false
		v.stage.show(v.model)
	}
}

// idle takes the controls off a full screen that nobody points at.
func (v *View) idle(now time.Time) {
	if bare := v.fullScreen && now.Sub(v.movedAt) > stillness && !v.bar.pointedAt && !v.devices.open; bare && !v.bare {
		v.bare = true
		v.stage.show(v.model)
	}
}

// FullScreen tells whether the call fills the screen.
func (v *View) FullScreen() bool { return v.fullScreen }

// tr translates.
func tr(t Text) string {
	if t.IsZero() {
		return ""
	}
	return lang.L(t.Key, t.With)
}
