package headless

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"parley/app/invites"
	"parley/app/wire"
	"parley/call"
)

func (p *program) callVerb() *cobra.Command {
	var f callFlags
	cmd := &cobra.Command{
		Use:   "call ADDRESS",
		Short: "Call a Parley by its address, a link, a spoken code, or a name nearby",
		Long: `Call a Parley by its address: a host's name or IP address, with :port where the
other side does not listen on the default port; by a link (https://HOST/c/…); or
by a spoken code (7-acorn-tulip, with @HOST behind it where the settings name
another rendezvous); or by the name of a person on the same network, as parley
nearby lists them. The address "self" calls this very program, to test
everything.`,
		Example: `  parley call 192.168.1.7
  parley call 'https://meet.example.org/c/abc#secret'
  parley call 7-acorn-tulip
  parley call "Ann Bee"
  parley call self --no-window --camera pattern --mic tone --for 10s --stats stats.json`,
		Args: usage(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !f.noWindow {
				return p.openWindow(cmd.Context(), &f, call.TrimScheme(args[0]))
			}
			return p.talk(cmd.Context(), &f, call.TrimScheme(args[0]))
		},
	}
	f.add(cmd)
	return cmd
}

func (p *program) answerVerb() *cobra.Command {
	var f callFlags
	cmd := &cobra.Command{
		Use:   "answer",
		Short: "Wait for a call and take it",
		Long: `Wait for a call and take it: at this machine's address, and by the links that
were made (see parley invite). --link and --code print one for this call alone.`,
		Example: `  parley answer --no-window --camera pattern --mic tone --record .
  parley answer --no-window --code`,
		Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !f.noWindow {
				return p.openWindow(cmd.Context(), &f, "")
			}
			return p.talk(cmd.Context(), &f, "")
		},
	}
	f.add(cmd)
	f.addInvitations(cmd)
	return cmd
}

func (p *program) openWindow(ctx context.Context, f *callFlags, link string) error {
	if err := f.fitWindow(); err != nil {
		return err
	}
	w := p.windowOptions()
	w.Link = link
	w.Codec, w.Port, w.Server = f.codec, f.port, f.server
	w.Camera, w.Microphone, w.Speaker = f.chosen("camera", f.camera), f.chosen("mic", f.microphone), f.chosen("speaker", f.speaker)
	return p.window(ctx, w)
}

// talk is one call without a window, from dialling (address given) or waiting
// to its end.
func (p *program) talk(ctx context.Context, f *callFlags, address string) (err error) {
	keep, err := openSampler(f.sample)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, keep.Close()) }() // after the media that feeds it
	sys, err := wire.NewSystem(wire.Options{
		Profile: p.profile, Port: f.port, Codec: f.codec, Record: f.record, Listen: address == "", Server: f.server, Log: p.log,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sys.Close()) }()
	if err := sys.Media.UseCamera(f.camera); err != nil {
		return err
	}
	if err := sys.Media.UseSound(f.microphone, f.speaker); err != nil {
		return err
	}
	c := newConversation(p, f, sys, keep)
	defer c.courier.close()
	if f.stats != "" {
		if c.meter, err = openMeter(f.stats, sys.Media); err != nil {
			return err
		}
	}
	stop := sys.Phone.Watch(func(e call.Event) { c.events <- e })
	defer stop()
	if err := c.begin(address); err != nil {
		return err
	}
	return errors.Join(c.run(ctx), c.endInvitations())
}

// conversation follows one call. Its run is the only goroutine that uses it.
type conversation struct {
	p       *program
	flags   *callFlags
	sys     *wire.System
	courier *courier
	meter   *meter // nil without --stats
	events  chan call.Event
	folder  string // of the recording
	hangUp  <-chan time.Time
	answers bool // waits for a call, in place of dialling
	leaving bool // was told to end
	waiting bool // for a call to come
	doors   chan invites.Event
	made    invites.Invite   // for this call alone
	spent   <-chan time.Time // the code was used, and no call has come of it yet
	up      bool             // was connected

	warned   bool // of another machine than before
	compared bool // the words were told
	stranger bool // and it was not talked to
}

func newConversation(p *program, f *callFlags, sys *wire.System, keep *sampler) *conversation {
	c := &conversation{p: p, flags: f, sys: sys, courier: newCourier(p, f, sys.Talk), events: make(chan call.Event, 64)}
	sys.Media.ResetStats(f.stats != "")
	remote := sys.Media.Remote()
	remote.OnPut(func() { // there is no screen: taken is shown
		if pic, fresh := remote.Take(); fresh {
			sys.Media.Shown(pic)
			keep.shown(pic)
		}
	})
	return c
}

func (c *conversation) begin(address string) error {
	c.meter.dialled(time.Now())
	switch address {
	case "":
		c.answers, c.waiting = true, true
		fmt.Fprintf(c.p.err, "waiting for a call on %s\n", strings.Join(append(wire.Addresses(c.sys.Port), fmt.Sprintf("port %d", c.sys.Port)), ", "))
		return c.beginInvitations()
	case "self":
		return c.sys.Phone.DialSelf()
	}
	return c.sys.Phone.Dial(address)
}

func (c *conversation) run(ctx context.Context) error {
	second := time.NewTicker(time.Second)
	defer second.Stop()
	interrupted := ctx.Done()
	for {
		select {
		case e := <-c.events:
			if over, err := c.on(e); over {
				return err
			}
		case e := <-c.doors:
			if err := c.onDoor(e); err != nil {
				return err
			}
		case <-c.spent:
			if err := c.renewCode(); err != nil {
				return err
			}
		case e := <-c.sys.Trouble:
			fmt.Fprintln(c.p.err, "parley:", e.Sentence)
		case <-second.C:
			if err := c.meter.second(); err != nil {
				return err
			}
		case <-c.courier.wake:
			if c.courier.take() && c.flags.length == 0 {
				c.sys.Phone.HangUp()
			}
		case <-c.courier.late:
			c.courier.late = nil
			fmt.Fprintln(c.p.err, "parley: the other side's Parley is too old to take files")
			c.sys.Phone.HangUp()
		case <-c.hangUp:
			c.sys.Phone.HangUp()
		case <-interrupted:
			interrupted, c.leaving = nil, true
			if c.waiting {
				return nil
			}
			c.sys.Phone.HangUp()
		}
	}
}

// on follows one event; over is true when the call has ended.
func (c *conversation) on(e call.Event) (over bool, err error) {
	c.p.log.Info("call", "state", e.State, "them", e.Them)
	c.warn(e)
	c.words(e)
	switch e.State {
	case call.Ringing:
		c.waiting, c.spent = false, nil
		if e.Incoming {
			c.meter.dialled(time.Now())
			c.sys.Phone.Accept()
		}
	case call.Connected:
		return c.connected(e)
	case call.Ended:
		if c.answers && !c.up && !c.stranger && !c.leaving {
			return false, c.waitOn(e)
		}
		return true, c.ended(e)
	}
	return false, nil
}

// waitOn is for a caller who was not put through: another may come, or the same
// one again.
func (c *conversation) waitOn(e call.Event) error {
	fmt.Fprintf(c.p.err, "%s; still waiting for a call\n", strings.TrimSuffix(e.Sentence(), "."))
	c.waiting, c.warned, c.compared = true, false, false
	return c.renewInvitations()
}

// warn tells of another machine than before, once. One that takes the place of
// a verified contact is not talked to: nobody is here to say that it may.
func (c *conversation) warn(e call.Event) {
	if e.Standing != call.Changed || c.warned {
		return
	}
	c.warned = true
	fmt.Fprintf(c.p.err, "parley: %s is a different machine than last time (its fingerprint is %s)\n", e.Them, e.Fingerprint)
	if e.Asking {
		c.stranger = true
		c.sys.Phone.HangUp()
	}
}

// words are told once, for the two to compare.
func (c *conversation) words(e call.Event) {
	if len(e.Words) == 0 || c.compared {
		return
	}
	c.compared = true
	fmt.Fprintf(c.p.err, "words to compare with %s: %s\n", e.Them, strings.Join(e.Words, " "))
}

func (c *conversation) connected(e call.Event) (over bool, err error) {
	if c.up {
		return false, nil // back after a cut, or something else is known now
	}
	c.up = true
	c.courier.connected()
	c.meter.connected(e.At)
	if c.flags.length > 0 {
		c.hangUp = time.After(c.flags.length)
	}
	if err := c.sys.Media.ShareScreen(c.flags.screen); err != nil {
		return true, fmt.Errorf("the screen cannot be shared: %w", err)
	}
	if c.flags.record != "" {
		if err := c.sys.StartRecording(); err != nil {
			return true, fmt.Errorf("the recording could not be started: %w", err)
		}
	}
	return false, nil
}

func (c *conversation) ended(e call.Event) error {
	c.courier.take() // what came at the very end
	folder, err := c.sys.StopRecording()
	if folder != "" {
		fmt.Fprintln(c.p.out, folder)
	}
	err = errors.Join(err, c.meter.summary(e), c.courier.outcome())
	if c.stranger {
		return failure{exitRefused, fmt.Errorf("you compared the words with %s, and it is another machine that answers; call from the window and compare them anew, or run: parley contacts remove NAME", e.Them)}
	}
	switch e.Reason {
	case call.HungUp:
		return err
	case call.NoAnswer:
		return failure{exitNoAnswer, errors.New(e.Sentence())}
	case call.Declined, call.Busy:
		return failure{exitRefused, errors.New(e.Sentence())}
	}
	if e.Detail != nil {
		return errors.Join(fmt.Errorf("%s (%w)", e.Sentence(), e.Detail), err)
	}
	return errors.Join(errors.New(e.Sentence()), err)
}
