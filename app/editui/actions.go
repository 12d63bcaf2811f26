package editui

import (
	"fyne.io/fyne/v2"

	"parley/app/timeline"
	"parley/editor"
)

// actions are what the strip tells the tab.
func (v *view) actions() timeline.Actions {
	act := v.tab.act
	return timeline.Actions{
		Select: func(id editor.ClipID, at editor.Time) { act(func(p *Presenter) { p.Select(id, at) }) },
		Toggle: func(id editor.ClipID) { act(func(p *Presenter) { p.Toggle(id) }) },
		Extend: func(id editor.ClipID) { act(func(p *Presenter) { p.Extend(id) }) },
		Choose: func(ids []editor.ClipID) { act(func(p *Presenter) { p.Choose(ids...) }) },
		Scrub:  func(at editor.Time) { act(func(p *Presenter) { p.Scrub(at) }) },
		Move:   func(ids []editor.ClipID, gap int) { act(func(p *Presenter) { p.Move(ids, gap) }) },
		Trim: func(id editor.ClipID, e timeline.Edge, at editor.Time) {
			act(func(p *Presenter) { p.Pull(id, e == timeline.InEdge, at) })
		},
		Trimming: func(id editor.ClipID, _ timeline.Edge, at editor.Time) {
			act(func(p *Presenter) { p.Pulling(id, at) })
		},
		Settled: func() { act(func(p *Presenter) { p.Preview(nil) }) },
		Stretch: func(id editor.ClipID, length editor.Time) { act(func(p *Presenter) { p.Stretch(id, length) }) },
		Fade: func(id editor.ClipID, e timeline.Edge, length editor.Time) {
			act(func(p *Presenter) { p.FadeClip(id, e == timeline.InEdge, length) })
		},
		ChooseTune: func(id editor.MusicID) { act(func(p *Presenter) { p.ChooseMusic(id) }) },
		MoveTune:   func(id editor.MusicID, at editor.Time) { act(func(p *Presenter) { p.TuneAt(id, at) }) },
		TrimTune: func(id editor.MusicID, e timeline.Edge, at editor.Time) {
			act(func(p *Presenter) { p.PullTune(id, e == timeline.InEdge, at) })
		},
		MoveMarker: func(id editor.MarkerID, at editor.Time) { act(func(p *Presenter) { p.MoveMarker(id, at) }) },
		OpenMarker: v.nameMarker,
		Menu:       func(on timeline.Menu, at fyne.Position) { v.menu(on, at) },
		Key:        v.command,
	}
}

// command does what a key of the strip asks for.
func (v *view) command(c timeline.Command) {
	t := v.tab
	switch c {
	case timeline.Copy, timeline.Cut, timeline.Paste:
		v.clipboard(c)
	case timeline.PlayPause, timeline.PlayBack, timeline.PlayStop, timeline.PlayOn:
		v.play(c)
	case timeline.NameMarker:
		if id, ok := t.presenter.MarkerHere(); ok {
			v.nameMarker(id)
		}
	case timeline.Card:
		v.addCard()
	case timeline.Help:
		v.showKeys()
	default:
		if c == timeline.FrameBack || c == timeline.FrameOn {
			v.deck.pause()
		}
		if edit, ok := edits[c]; ok {
			t.act(edit)
		}
	}
}

// edits are the commands that only the presenter is needed for.
var edits = map[timeline.Command]func(*Presenter){
	timeline.FrameBack:   func(p *Presenter) { p.Step(-1) },
	timeline.FrameOn:     func(p *Presenter) { p.Step(1) },
	timeline.SecondBack:  func(p *Presenter) { p.StepSeconds(-1) },
	timeline.SecondOn:    func(p *Presenter) { p.StepSeconds(1) },
	timeline.PreviousCut: func(p *Presenter) { p.ToCut(false) },
	timeline.NextCut:     func(p *Presenter) { p.ToCut(true) },
	timeline.First:       func(p *Presenter) { p.ToEnd(false) },
	timeline.Last:        func(p *Presenter) { p.ToEnd(true) },
	timeline.MoveBack:    func(p *Presenter) { p.MoveBy(-1) },
	timeline.MoveOn:      func(p *Presenter) { p.MoveBy(1) },
	timeline.Remove:      (*Presenter).Remove,
	timeline.Duplicate:   (*Presenter).Duplicate,
	timeline.Split:       (*Presenter).Split,
	timeline.TrimInHere:  func(p *Presenter) { p.TrimHere(true) },
	timeline.TrimOutHere: func(p *Presenter) { p.TrimHere(false) },
	timeline.Freeze:      (*Presenter).Freeze,
	timeline.Crossfade:   (*Presenter).Crossfade,
	timeline.Mark:        (*Presenter).Mark,
	timeline.ChooseAll:   (*Presenter).ChooseAll,
	timeline.ChooseLess:  (*Presenter).ChooseLess,
	timeline.Undo:        (*Presenter).Undo,
	timeline.Redo:        (*Presenter).Redo,
}

// addCard adds a text card, of which the next that is wanted is its text.
func (v *view) addCard() {
	before := v.tab.presenter.Revision()
	v.tab.act((*Presenter).Card)
	if v.tab.presenter.Revision() != before {
		v.inspector.clip.titles.form.focus()
	}
}

// clipboard copies, cuts and pastes. What is copied is a text, so that it
// comes into another project too.
func (v *view) clipboard(c timeline.Command) {
	board := fyne.CurrentApp().Clipboard()
	v.tab.act(func(p *Presenter) {
		text := ""
		switch c {
		case timeline.Copy:
			text = p.Copy()
		case timeline.Cut:
			text = p.Cut()
		default:
			p.Paste(board.Content())
		}
		if text != "" {
			board.SetContent(text)
		}
	})
}
