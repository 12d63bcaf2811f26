package callui

import (
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"parley/call"
)

// Config is what a Desk works with.
type Config struct {
	Phone    Phone
	Media    Media
	Devices  Devices
	Recorder Recorder
	People   People  // nil: nobody is known
	Inviter  Inviter // nil: nobody can be invited
	Talk     Talk    // nil: nothing is written
	// Verify notes that the words of a call are the same on both sides, GoOn
	// lets it go on with another machine than before, Block has its caller not
	// ring any more; each may be nil.
	Verify func(call.Event) error
	GoOn   func()
	Block  func(call.Event) error
	// Addresses tells where others can reach this program; it may take a while.
	Addresses func() []string
	// Trouble delivers devices that fail; may be nil.
	Trouble <-chan call.MediaEvent
	// Remembered is what the person chose at earlier times, Remember keeps it.
	Remembered Choice
	// ThisTime are devices that stand before the remembered ones and are not
	// kept.
	ThisTime Choice
	Remember func(Choice) error
	Log      *slog.Logger
}

// Desk does what a person asks of the call screen and publishes what is to be
// seen. Its methods return at once and may be called from any goroutine. It
// owns two goroutines: run, for the presenter, and work, for what takes long.
type Desk struct {
	cfg     Config
	model   atomic.Pointer[Model]
	changed atomic.Pointer[func()]

	// Owned by run.
	presenter  *Presenter
	choice     Choice
	invitation invitation
	resting    bool

	events, jobs *inbox
	stop         chan struct{} // ends run
	stopJobs     chan struct{} // ends work, after run
	once         sync.Once
	wait         sync.WaitGroup
	workers      sync.WaitGroup
	unwatch      []func()
}

// NewDesk starts a desk. Begin opens the devices.
func NewDesk(cfg Config) *Desk {
	d := &Desk{
		cfg: cfg, choice: cfg.Remembered, events: newInbox(), jobs: newInbox(),
		stop: make(chan struct{}), stopJobs: make(chan struct{}),
	}
	d.presenter = NewPresenter(cfg.Remembered.under(cfg.ThisTime), nil)
	d.presenter.model.Invite.Possible, d.presenter.model.Blocks = cfg.Inviter != nil, cfg.Block != nil
	d.publish(time.Now())
	d.unwatch = append(d.unwatch,
		cfg.Phone.Watch(func(e call.Event) { d.events.post(func() { d.event(e) }) }), d.watchPeople(), d.watchTalk(), d.watchLinks())
	cfg.Media.OnRemoteScreen(func(shown bool) { d.do(func(p *Presenter) { p.TheirScreen(shown) }) })
	d.wait.Go(d.run)
	d.workers.Go(d.work)
	return d
}

// OnChange has f called after each new model, from the desk's goroutine; f
// must not block.
func (d *Desk) OnChange(f func()) {
	d.changed.Store(&f)
	f()
}

// Model is what is to be shown now.
func (d *Desk) Model() Model { return *d.model.Load() }

// run owns the presenter.
func (d *Desk) run() {
	second := time.NewTicker(time.Second)
	defer second.Stop()
	for {
		now := time.Now()
		select {
		case <-d.stop:
			return
		case <-d.events.wake:
			d.events.run()
			now = time.Now()
		case e := <-d.cfg.Trouble:
			d.presenter.Trouble(e)
		case now = <-second.C:
			if !d.tick() {
				continue
			}
		}
		d.publish(now)
	}
}

// tick renews the figures of a call and tells whether anything changed.
func (d *Desk) tick() bool {
	if !d.presenter.InCall() {
		return false
	}
	d.presenter.Stats(d.cfg.Media.Stats())
	return true
}

func (d *Desk) publish(now time.Time) {
	m := d.presenter.Model(now)
	d.model.Store(&m)
	if f := d.changed.Load(); f != nil {
		(*f)()
	}
}

// work does one long thing after the other.
func (d *Desk) work() {
	for {
		select {
		case <-d.jobs.wake:
			d.jobs.run()
		case <-d.stopJobs:
			d.jobs.run()
			return
		}
	}
}

func (d *Desk) event(e call.Event) {
	if e.State == call.Ringing && e.Incoming {
		d.countAnew()
	}
	if e.State == call.Connected && len(e.Words) > 0 {
		d.cfg.Log.Debug("the words of this call", "words", strings.Join(e.Words, " "))
	}
	d.presenter.Call(e)
	if e.State == call.Ended && d.presenter.Model(e.At).Recording.On {
		d.stopRecording()
	}
	if e.State == call.Ended && d.presenter.model.Sharing() {
		d.StopSharing()
	}
}

// Close finishes a running recording, ends the goroutines and waits. It is
// idempotent; the phone and the media are closed by whoever made them.
func (d *Desk) Close() error {
	d.once.Do(func() {
		for _, stop := range d.unwatch {
			stop()
		}
		d.cfg.Media.OnRemoteScreen(nil)
		close(d.stop)
		d.wait.Wait()
		if d.presenter.model.Recording.On {
			d.stopRecording()
		}
		d.closeInvitation()
		close(d.stopJobs)
		d.workers.Wait()
	})
	return nil
}
