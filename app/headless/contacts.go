package headless

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"parley/app/people"
	"parley/app/settings"
)

func (p *program) contactsVerb() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "contacts",
		Short: "List and change whom you know, who is blocked, and past calls",
		Example: `  parley contacts
  parley contacts add Ann 192.168.1.7
  parley contacts block Mallory
  parley contacts forget 192.168.1.7    another machine may answer there
  parley contacts history --json`,
		Args: usage(cobra.NoArgs),
		RunE: p.book(func(b people.Book) error { return writeList(p.out, asJSON, b.Contacts, contactLine) }),
	}
	cmd.PersistentFlags().BoolVar(&asJSON, "json", false, "a JSON list")
	cmd.AddCommand(
		&cobra.Command{
			Use: "blocked", Short: "List who is blocked", Args: usage(cobra.NoArgs),
			RunE: p.book(func(b people.Book) error { return writeList(p.out, asJSON, b.Blocked, blockLine) }),
		},
		&cobra.Command{
			Use: "history", Short: "List past calls, the newest last", Args: usage(cobra.NoArgs),
			RunE: p.book(func(b people.Book) error { return writeList(p.out, asJSON, b.History, entryLine) }),
		},
		p.changing("add NAME ADDRESS", "Add a contact, or another address of one", 2, addContact),
		p.changing("remove NAME", "Remove a contact", 1, removeContact),
		p.changing("block WHO", "Never let somebody ring: a contact's name, a fingerprint or an address", 1, blockCaller),
		p.changing("unblock WHO", "Let somebody ring again", 1, unblockCaller),
		p.changing("forget ADDRESS", "Forget which machine answers at an address", 1, forgetMachine),
		&cobra.Command{
			Use: "clear-history", Short: "Forget all past calls", Args: usage(cobra.NoArgs),
			RunE: func(*cobra.Command, []string) error {
				return p.change(func(b *people.Book) error { b.History = nil; return nil })
			},
		},
	)
	return cmd
}

func (p *program) openPeople() (*people.Store, error) {
	folders, err := settings.FoldersFor(p.profile)
	if err != nil {
		return nil, err
	}
	return people.Open(folders.People())
}

// book runs a verb that only looks.
func (p *program) book(show func(people.Book) error) func(*cobra.Command, []string) error {
	return func(*cobra.Command, []string) error {
		s, err := p.openPeople()
		if err != nil {
			return err
		}
		return show(s.Get())
	}
}

func (p *program) change(f func(*people.Book) error) error {
	s, err := p.openPeople()
	if err != nil {
		return err
	}
	return s.Change(f)
}

// changing is a verb that changes the book by its n arguments.
func (p *program) changing(use, short string, n int, f func(b *people.Book, args []string) error) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Args: usage(cobra.ExactArgs(n)),
		RunE: func(_ *cobra.Command, args []string) error {
			return p.change(func(b *people.Book) error { return f(b, args) })
		},
	}
}

func addContact(b *people.Book, args []string) error {
	c, known := b.Named(args[0])
	if !known {
		c = people.Contact{Name: args[0]}
	}
	c.Addresses = append([]string{args[1]}, c.Addresses...)
	return b.Put(c)
}

func removeContact(b *people.Book, args []string) error {
	return found(b.Remove(args[0]), "no contact has this name; see: parley contacts")
}

func blockCaller(b *people.Book, args []string) error {
	block := people.Block{At: time.Now()}
	c, known := b.Named(args[0])
	switch {
	case known && c.Fingerprint == "":
		return errors.New("this contact's machine was never seen; block them by address")
	case known:
		block.Name, block.Fingerprint = c.Name, c.Fingerprint
	case people.IsFingerprint(args[0]):
		block.Fingerprint = args[0]
	default:
		block.Address = args[0]
	}
	b.Block(block)
	return nil
}

func unblockCaller(b *people.Book, args []string) error {
	return found(b.Unblock(args[0]), "nobody of this name, fingerprint or address is blocked; see: parley contacts blocked")
}

func forgetMachine(b *people.Book, args []string) error {
	return found(b.Forget(args[0]), "nobody was called at this address")
}

func found(is bool, otherwise string) error {
	if is {
		return nil
	}
	return errors.New(otherwise)
}

func contactLine(c people.Contact) string {
	state := "not verified"
	if !c.Verified.IsZero() {
		state = "verified " + c.Verified.Local().Format(time.DateOnly)
	}
	return fmt.Sprintf("%s  %v  %s  %s", c.Name, c.Addresses, state, c.Fingerprint)
}

func blockLine(one people.Block) string {
	return fmt.Sprintf("%s  %s%s  since %s", one.Name, one.Fingerprint, one.Address, one.At.Local().Format(time.DateOnly))
}

func entryLine(e people.Entry) string {
	way := "to"
	if e.Incoming {
		way = "from"
	}
	line := fmt.Sprintf("%s  %s %s (%s)  %s", e.At.Local().Format(time.DateTime), way, e.Name, e.Address, e.Outcome)
	if e.Length > 0 {
		line += " " + e.Length.Round(time.Second).String()
	}
	return line
}
