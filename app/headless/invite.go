package headless

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"parley/app/invites"
	"parley/app/settings"
	"parley/call"
)

const inviteHelp = `Make a link that leads to this Parley, and print it: whoever opens it calls you,
in Parley or, without it, in a browser. The link leads here for as long as
Parley runs (its window, or parley answer); the part behind # is the secret that
the call is set up with, and never reaches the server.

  --once     for one call (without any of these)
  --for 2h   for a time
  --always   until it is revoked: a personal room

The server is a rendezvous (parley serve), named in the settings or with
--server.`

// inviteFlags are those of parley invite.
type inviteFlags struct {
	once, always bool
	lasts        time.Duration
	server, key  string
	whom         string
	json         bool
	qr, noQR     bool
}

func (p *program) inviteVerb() *cobra.Command {
	var f inviteFlags
	cmd := &cobra.Command{
		Use: "invite", Short: "Make a link to be called by", Long: inviteHelp,
		Example: `  parley invite --server meet.example.org
  parley invite --always --name Ann
  parley invite list
  parley invite revoke ID`,
		Args: usage(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error { return p.invite(&f) },
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.once, "once", false, "for one call")
	flags.BoolVar(&f.always, "always", false, "until it is revoked")
	flags.DurationVar(&f.lasts, "for", 0, "for a `TIME`, such as 30m or 48h")
	flags.StringVar(&f.server, "server", "", "`URL` of the rendezvous; without, that of the settings")
	flags.StringVar(&f.key, "key", "", "invitation `KEY` of a space there")
	flags.StringVar(&f.whom, "name", "", "whom it is for, for your own `NOTE`")
	flags.BoolVar(&f.json, "json", false, "as JSON")
	flags.BoolVar(&f.qr, "qr", false, "show it as a QR code as well (as a terminal is shown it)")
	flags.BoolVar(&f.noQR, "no-qr", false, "the link alone")
	cmd.AddCommand(p.inviteListVerb(), p.inviteRevokeVerb())
	return cmd
}

func (p *program) invite(f *inviteFlags) error {
	folders, err := settings.FoldersFor(p.profile)
	if err != nil {
		return err
	}
	order, err := f.order(folders)
	if err != nil {
		return err
	}
	i, err := invites.Make(order, time.Now())
	if err != nil {
		return err
	}
	if err := invites.At(invites.Path(folders.Data)).Add(i); err != nil {
		return err
	}
	if f.json {
		return json.NewEncoder(p.out).Encode(shownInvite(i))
	}
	if _, err := fmt.Fprintln(p.out, i.Link()); err != nil {
		return err
	}
	if f.qr || !f.noQR && isTerminal(p.out) {
		return printQR(p.out, i.Link())
	}
	return nil
}

// order is what the flags and the settings ask for.
func (f *inviteFlags) order(folders settings.Folders) (invites.Order, error) {
	if f.once && f.always || (f.once || f.always) && f.lasts != 0 {
		return invites.Order{}, failure{exitUsage, errors.New("a link works once, for a time, or always: choose one of --once, --for and --always")}
	}
	o := invites.Order{Kind: invites.Once, For: f.whom, Lasts: f.lasts, Key: f.key}
	switch {
	case f.always:
		o.Kind = invites.Always
	case f.lasts != 0:
		o.Kind = invites.Timed
	}
	if f.lasts < 0 {
		return o, failure{exitUsage, errors.New("--for takes a time that is to come, such as 30m")}
	}
	store, err := settings.Open(folders.Settings())
	if err != nil {
		return o, err
	}
	now := store.Get()
	server := f.server
	if server == "" {
		server = now.Rendezvous
		if o.Key == "" {
			o.Key = now.RendezvousKey
		}
	}
	if server == "" {
		return o, invites.ErrNoServer
	}
	o.Origin, err = call.ParseOrigin(server)
	return o, err
}

// inviteJSON is a link as --json tells it.
type inviteJSON struct {
	ID    string     `json:"id"`
	Kind  string     `json:"kind"`
	For   string     `json:"for,omitempty"`
	Link  string     `json:"link"`
	Made  time.Time  `json:"made"`
	Until *time.Time `json:"until,omitempty"`
}

func shownInvite(i invites.Invite) inviteJSON {
	j := inviteJSON{ID: i.ID, Kind: string(i.Kind), For: i.For, Link: i.Link(), Made: i.Made}
	if !i.Until.IsZero() {
		j.Until = &i.Until
	}
	return j
}

func (p *program) inviteListVerb() *cobra.Command {
	return listVerb("List the links that lead here", func(asJSON bool) error {
		return p.withLinks(func(s *invites.Store) error {
			all, err := s.List()
			if err != nil {
				return err
			}
			return p.printInvites(all, asJSON)
		})
	})
}

func (p *program) inviteRevokeVerb() *cobra.Command {
	return &cobra.Command{
		Use: "revoke ID...", Short: "Have links lead nowhere from now on", Args: usage(cobra.MinimumNArgs(1)),
		RunE: func(_ *cobra.Command, ids []string) error {
			return p.withLinks(func(s *invites.Store) error {
				all, err := s.List()
				if err != nil {
					return err
				}
				for _, id := range ids {
					if !knows(all, id) {
						return fmt.Errorf("there is no link with the ID %q; see parley invite list", id)
					}
				}
				return s.Remove(ids...)
			})
		},
	}
}

func knows(all []invites.Invite, id string) bool {
	for _, i := range all {
		if i.ID == id {
			return true
		}
	}
	return false
}

func (p *program) withLinks(f func(*invites.Store) error) error {
	folders, err := settings.FoldersFor(p.profile)
	if err != nil {
		return err
	}
	return f(invites.At(invites.Path(folders.Data)))
}

func (p *program) printInvites(all []invites.Invite, asJSON bool) error {
	list := make([]inviteJSON, 0, len(all))
	for _, i := range all {
		list = append(list, shownInvite(i))
	}
	return writeTable(p.out, asJSON, list, "no link leads here; make one: parley invite", "ID\tWORKS\tFOR\tLINK", func(i inviteJSON) string {
		return i.ID + "\t" + i.works() + "\t" + i.For + "\t" + i.Link
	})
}

// works says how long a link works, for a person.
func (i inviteJSON) works() string {
	if i.Until != nil {
		return "until " + i.Until.Local().Format("2006-01-02 15:04")
	}
	return i.Kind
}
