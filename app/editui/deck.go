package editui

import (
	"errors"
	"image"
	"time"

	"parley/editor"
)

// deck plays the film: it has the player follow what is edited and where the
// playhead is put, and the playhead follow what is played. All of it happens
// on Fyne's goroutine.
type deck struct {
	tab    *Tab
	player Player // nil: there is none, and the preview shows stills
	row    *deckRow

	state  Playing
	speed  float64 // asked for
	volume float64
	mute   bool

	revision int // that the player has
	size     image.Point
	trouble  error // of loading
	asked    editor.Time
	moves    int       // told to the player
	moved    time.Time // when the last was
}

// newDeck opens a player whose pictures go to the screen.
func newDeck(t *Tab, s *screen) *deck {
	d := &deck{tab: t, volume: 1, revision: -1, size: smallPreview}
	if t.deps.Volume != nil {
		d.volume = t.deps.Volume()
	}
	d.row = newDeckRow(d)
	if t.deps.NewPlayer != nil {
		told := &latest[Playing]{hop: t.hop, take: d.told}
		d.player = t.deps.NewPlayer(s, told.put)
		d.loud()
	}
	return d
}

// plays says whether there is something that plays.
func (d *deck) plays() bool { return d.player != nil }

// Sizes within which the pictures are made that a preview shows, in pixels.
var (
	smallPreview = image.Pt(640, 360)
	largePreview = image.Pt(960, 540)
)

// resize chooses the pictures for a preview of so many pixels.
func (d *deck) resize(pixels image.Point) {
	want := smallPreview
	if pixels.X > want.X*5/4 && pixels.Y > want.Y*5/4 {
		want = largePreview
	}
	if want != d.size {
		d.size, d.revision = want, -1
		d.follow()
	}
}

// follow has the player show the film as it is, at the playhead.
func (d *deck) follow() {
	if !d.plays() {
		return
	}
	p := d.tab.presenter
	if r := p.Revision(); r != d.revision {
		d.revision = r
		d.trouble = d.player.Load(p.Project(), d.size)
	}
	if at := p.playhead; at != d.asked {
		d.move(at)
	}
	d.row.show()
}

// oneDrag is the time between moves that are taken to be of one drag.
const oneDrag = 150 * time.Millisecond

func (d *deck) move(at editor.Time) {
	now := d.tab.deps.Now()
	if now.Sub(d.moved) < oneDrag {
		d.player.Scrub(at)
	} else {
		d.player.MoveTo(at)
	}
	d.asked, d.moved = at, now
	d.moves++
	d.state.Exact = false
}

// told takes what the player does. What it told before the playhead was put
// elsewhere is no longer true of where it stands.
func (d *deck) told(s Playing) {
	before := d.state
	d.state = s
	if heard := duckedAs(s); heard.String() != duckedAs(before).String() {
		d.tab.act(func(p *Presenter) { p.ducked = heard })
	}
	if s.Moves != d.moves {
		d.state.Exact = false
		return
	}
	d.speed = s.Speed
	if s.Speed == 0 && before.Speed == 0 {
		d.refresh()
		return
	}
	d.asked = s.At
	if s.Speed == 0 { // it has come to rest
		d.tab.act(func(p *Presenter) { p.Scrub(s.At) })
		return
	}
	d.tab.presenter.Played(s.At)
	d.tab.view.played()
	d.refresh()
}

// refresh shows what the player does, and no more.
func (d *deck) refresh() {
	d.row.show()
	d.tab.view.showPreview()
}

// Playing tells whether the film plays, in any direction.
func (d *deck) playing() bool { return d.plays() && d.speed != 0 }

// exact says whether the screen shows what stands at the playhead.
func (d *deck) exact() bool { return d.state.Exact && d.state.Moves == d.moves }

// PlayPause plays at the film's own speed, or stands still.
func (d *deck) PlayPause() {
	if d.playing() {
		d.play(0)
	} else {
		d.play(1)
	}
}

// Shuttle plays back (-1) or on (1), faster each time it is asked again; 0
// stops.
func (d *deck) Shuttle(by int) {
	if by == 0 {
		d.play(0)
	} else {
		d.play(shuttled(d.speed, float64(by)))
	}
}

func (d *deck) play(speed float64) {
	if d.plays() && d.speed != speed {
		d.speed = speed
		d.player.Play(speed)
		d.row.show()
	}
}

// pause stands still.
func (d *deck) pause() { d.play(0) }

// setVolume is 0 to 1; what was mute is heard.
func (d *deck) setVolume(v float64) {
	d.volume, d.mute = v, v == 0
	d.loud()
}

// keepVolume has the volume be the same at the next start.
func (d *deck) keepVolume(v float64) {
	if d.tab.deps.Louder == nil {
		return
	}
	if err := d.tab.deps.Louder(v); err != nil {
		d.tab.act(func(p *Presenter) { p.Tell(sayError(err), Failure) })
	}
}

func (d *deck) toggleMute() {
	d.mute = !d.mute
	d.loud()
}

func (d *deck) loud() {
	v := d.volume * d.volume // as loudness is felt
	if d.mute {
		v = 0
	}
	if d.plays() {
		d.player.SetVolume(v)
	}
	d.row.show()
}

// why is why nothing is seen, nil where it is.
func (d *deck) why() error { return errors.Join(d.trouble, d.state.Trouble) }

func (d *deck) close() error {
	if !d.plays() {
		return nil
	}
	return d.player.Close()
}
