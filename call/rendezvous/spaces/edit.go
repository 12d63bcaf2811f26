package spaces

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/gofrs/flock"

	"parley/call/rendezvous"
)

// Keys are drawn once and told once.
type Keys struct{ Invitation, Admin string }

// ErrNoSpace is wrapped where there is no space of a name.
var ErrNoSpace = errors.New("there is no such space")

// Add makes a space and returns its keys.
func Add(path string, s rendezvous.Space) (Keys, error) {
	keys := draw(s.Name)
	return keys, edit(path, func(all []record) ([]record, error) {
		if find(all, s.Name) >= 0 {
			return nil, fmt.Errorf("the space %s is there already; new keys for it: parley serve space key %s", s.Name, s.Name)
		}
		r := record{Name: s.Name, Title: s.Title, Theme: s.Theme, Quota: s.Quota, Key: hashKey(keys.Invitation), Admin: hashKey(keys.Admin)}
		return append(all, r), r.check()
	})
}

// Remove ends a space, and with it what is open in it.
func Remove(path, name string) error {
	return edit(path, func(all []record) ([]record, error) {
		i := find(all, name)
		if i < 0 {
			return nil, unknown(name)
		}
		return slices.Delete(all, i, i+1), nil
	})
}

// Rekey draws new keys; the old ones are good for nothing from then on.
func Rekey(path, name string) (Keys, error) {
	keys := draw(name)
	return keys, edit(path, func(all []record) ([]record, error) {
		i := find(all, name)
		if i < 0 {
			return nil, unknown(name)
		}
		all[i].Key, all[i].Admin = hashKey(keys.Invitation), hashKey(keys.Admin)
		return all, nil
	})
}

// List returns the spaces by name.
func List(path string) (list []rendezvous.Space, err error) {
	all, err := read(path)
	for _, r := range all {
		list = append(list, r.space())
	}
	slices.SortFunc(list, func(a, b rendezvous.Space) int { return cmp.Compare(a.Name, b.Name) })
	return list, err
}

func draw(name string) Keys { return Keys{newKey(name, "invite"), newKey(name, "admin")} }

func unknown(name string) error {
	return fmt.Errorf("%w: %s; see those that are: parley serve space list", ErrNoSpace, name)
}

func find(all []record, name string) int {
	return slices.IndexFunc(all, func(r record) bool { return r.Name == name })
}

// edit changes the file while nobody else does.
func edit(path string, change func([]record) ([]record, error)) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("the folder for the spaces cannot be made: %w", err)
	}
	lock := flock.New(path+".lock", flock.SetPermissions(0o600))
	if err := lock.Lock(); err != nil {
		return fmt.Errorf("the spaces cannot be locked: %w", err)
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	all, err := read(path)
	if err != nil {
		return err
	}
	if all, err = change(all); err != nil {
		return err
	}
	return write(path, all)
}
