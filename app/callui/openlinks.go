package callui

import (
	"slices"
	"time"
)

// OpenLink is a link that leads here, among those that were made earlier.
type OpenLink struct {
	ID    string
	Kind  InviteKind
	Link  string
	For   string    // whom it is for, as its maker noted it
	Made  time.Time // when it was made
	Until time.Time // zero: no time ends it
}

// listLinks shows again which links lead here.
func (d *Desk) listLinks() {
	if d.cfg.Inviter == nil {
		return
	}
	d.jobs.post(func() {
		links := d.cfg.Inviter.Links()
		d.do(func(p *Presenter) { p.model.Invite.Links = slices.Clone(links) })
	})
}

// watchLinks keeps the list of links; it returns how to end that.
func (d *Desk) watchLinks() (stop func()) {
	if d.cfg.Inviter == nil {
		return func() {}
	}
	d.listLinks()
	return d.cfg.Inviter.Watch(d.listLinks)
}

// Revoke has a link lead nowhere from now on. The one that is shown is shown no
// more, so that nobody passes it on.
func (d *Desk) Revoke(id string) {
	d.jobs.post(func() {
		if err := d.cfg.Inviter.Revoke(id); err != nil {
			d.do(func(p *Presenter) { p.model.Invite.State.Trouble = err.Error() })
			return
		}
		d.do(func(p *Presenter) { d.revoked(p, id) })
		d.listLinks()
	})
}

func (d *Desk) revoked(p *Presenter, id string) {
	i := &p.model.Invite
	at := slices.IndexFunc(i.Links, func(l OpenLink) bool { return l.ID == id })
	if at < 0 || i.State.Link == "" || i.Links[at].Link != i.State.Link {
		return
	}
	d.closeInvitation()
	i.State = InviteState{Revoked: true}
}
