package headless

import (
	"fmt"
	"slices"
	"time"

	"parley/app/invites"
	"parley/call"
)

// beginInvitations makes what --link and --code ask for, and follows what
// becomes of it.
func (c *conversation) beginInvitations() (err error) {
	c.doors = make(chan invites.Event, 64)
	c.sys.Links.Watch(func(e invites.Event) {
		select {
		case c.doors <- e:
		default: // the call has begun; nobody reads any more
		}
	})
	if c.flags.link {
		if err := c.makeLink(); err != nil {
			return err
		}
	}
	if c.flags.code {
		return c.sys.Links.Code()
	}
	return nil
}

func (c *conversation) makeLink() (err error) {
	if c.made, err = c.sys.Links.Make(invites.Order{Kind: invites.Once}); err != nil {
		return err
	}
	fmt.Fprintln(c.p.out, c.made.Link())
	return nil
}

// codePatience is how long after its words were told a code's call may take to
// come: some messages over the rendezvous.
const codePatience = 10 * time.Second

// renewCode makes a new code where nothing came of the last one.
func (c *conversation) renewCode() error {
	c.spent = nil
	if !c.waiting {
		return nil
	}
	fmt.Fprintln(c.p.err, "somebody used the code and did not call; here is a new one:")
	return c.sys.Links.Code()
}

// renewInvitations makes anew what a caller has used up who was not put
// through: a code is good for one guess, a link until its answer has arrived.
func (c *conversation) renewInvitations() error {
	if c.flags.code {
		if err := c.sys.Links.Code(); err != nil {
			return err
		}
	}
	if c.flags.link && !c.stillLeadsHere(c.made) {
		return c.makeLink()
	}
	return nil
}

func (c *conversation) stillLeadsHere(i invites.Invite) bool {
	return slices.ContainsFunc(c.sys.Links.List(), func(s invites.Status) bool { return s.ID == i.ID })
}

// onDoor tells what a person has to know while they wait.
func (c *conversation) onDoor(e invites.Event) error {
	code := e.Code != call.Code{}
	switch {
	case e.Kind == call.DoorOpened && code && c.waiting:
		fmt.Fprintln(c.p.out, c.spoken(e.Code))
	case e.Kind == call.DoorGuessed && c.waiting:
		fmt.Fprintln(c.p.err, "somebody tried a wrong code; here is a new one:")
		return c.sys.Links.Code()
	case e.Kind == call.DoorShut && code && c.waiting:
		c.spent = time.After(codePatience)
	case e.Err != nil && c.waiting:
		fmt.Fprintln(c.p.err, "parley:", e.Err)
	}
	return nil
}

// spoken is a code as it is dialled from wherever the other side is.
func (c *conversation) spoken(code call.Code) call.Code {
	if c.flags.server != "" { // theirs may be another
		code.Origin, _ = c.sys.Server()
	}
	return code
}

// endInvitations takes back what was for this call alone.
func (c *conversation) endInvitations() error {
	if c.made.ID == "" {
		return nil
	}
	return c.sys.Links.Revoke(c.made.ID)
}
