package callui

// InviteKind is a way in for others.
type InviteKind int

// The ways in.
const (
	InviteOnce InviteKind = iota // a link for one call
	InviteDay                    // a link for a day
	InviteRoom                   // a link for ever: the personal room
	InviteCode                   // a few words to be told by voice, for one call
	inviteKinds
)

// InviteState is how far an invitation is.
type InviteState struct {
	Link    string // "" until there is one
	Code    string
	Ready   bool   // whoever comes, comes in
	Over    bool   // used up, or out of time
	Revoked bool   // by this person, here
	Trouble string // why it is not ready; it may become so
}

// Inviter makes ways in for others.
type Inviter interface {
	// Server is the rendezvous that is used; "" where none is set up. UseServer
	// sets one up.
	Server() string
	UseServer(address string) error
	// Open makes a way in. tell hears how far it is, from any goroutine, and
	// must not block. stop tells that nobody looks at it any more: that ends a
	// spoken code, and no link, which may have been sent to somebody.
	Open(kind InviteKind, tell func(InviteState)) (stop func(), err error)
	// Links are those that lead here, the newest first; Watch has f called when
	// one comes or goes, and f must not block. Revoke ends one.
	Links() []OpenLink
	Watch(f func()) (stop func())
	Revoke(id string) error
}

// Invite is what is shown of invitations.
type Invite struct {
	Possible bool // this program can make them
	Shown    bool
	Server   string
	Kind     InviteKind
	State    InviteState
	Links    []OpenLink // that lead here, this one among them
}

// invitation is the one that is shown. It is owned by the desk's run.
type invitation struct {
	number int // so that an earlier one is not heard any more
	stop   func()
}

// Invite shows how others can be invited, in a way.
func (d *Desk) Invite(kind InviteKind) {
	d.do(func(p *Presenter) {
		if d.cfg.Inviter == nil {
			return
		}
		d.closeInvitation()
		p.model.Invite = Invite{Possible: true, Shown: true, Kind: kind, Server: d.cfg.Inviter.Server(), Links: p.model.Invite.Links}
		if p.model.Invite.Server != "" {
			d.openInvitation(kind)
		}
	})
}

func (d *Desk) openInvitation(kind InviteKind) {
	d.invitation.number++
	number := d.invitation.number
	tell := func(s InviteState) {
		d.do(func(p *Presenter) {
			if d.invitation.number == number {
				p.model.Invite.State = s
			}
		})
	}
	d.jobs.post(func() {
		stop, err := d.cfg.Inviter.Open(kind, tell)
		if err != nil {
			tell(InviteState{Trouble: err.Error()})
			return
		}
		d.listLinks()
		d.do(func(*Presenter) {
			if d.invitation.number != number {
				d.jobs.post(stop)
				return
			}
			d.invitation.stop = stop
		})
	})
}

// closeInvitation ends the one that is shown.
func (d *Desk) closeInvitation() {
	d.invitation.number++
	if stop := d.invitation.stop; stop != nil {
		d.invitation.stop = nil
		d.jobs.post(stop)
	}
}

// EndInvite goes back to whom to call.
func (d *Desk) EndInvite() {
	d.do(func(p *Presenter) {
		d.closeInvitation()
		p.model.Invite.Shown = false
	})
}

// UseServer sets up a rendezvous, and goes on to invite.
func (d *Desk) UseServer(address string) {
	d.jobs.post(func() {
		err := d.cfg.Inviter.UseServer(address)
		d.do(func(p *Presenter) {
			if err != nil {
				p.model.Invite.State = InviteState{Trouble: err.Error()}
				return
			}
			d.Invite(p.model.Invite.Kind)
		})
	})
}
