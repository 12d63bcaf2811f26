package spaces

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"parley/call"
	"parley/call/rendezvous"
)

// record is one space as the file has it.
type record struct {
	Name  string           `json:"name"`
	Title string           `json:"title,omitempty"`
	Theme string           `json:"theme,omitempty"`
	Quota rendezvous.Quota `json:"quota"`
	Key   string           `json:"key"`   // of the invitation key, hashKey
	Admin string           `json:"admin"` // of the administrator key, hashKey
}

// maxName leaves room for a slot behind it.
const maxName = 32

// ErrName is wrapped where a space cannot be called so.
var ErrName = errors.New("a space's name has small letters, digits and -, at most 32 of them")

func (r record) check() error {
	switch {
	case r.Name == "" || len(r.Name) > maxName || !call.IsSlot(r.Name+".x") || strings.Contains(r.Name, "."):
		return fmt.Errorf("%w; %q has not", ErrName, r.Name)
	case call.CleanName(r.Title) != r.Title:
		return fmt.Errorf("the title of %s is too long or has signs that cannot be shown", r.Name)
	case strings.ContainsFunc(r.Theme, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '-' }):
		return fmt.Errorf("the theme of %s is no plain word", r.Name)
	case r.Quota.Slots < 0 || r.Quota.Connections < 0 || r.Quota.RelayBytes < 0 || r.Quota.RelayAllocations < 0:
		return fmt.Errorf("a quota of %s is below 0", r.Name)
	case !isHash(r.Key) || !isHash(r.Admin):
		return fmt.Errorf("a key of %s is damaged; draw new ones: parley serve space key %s", r.Name, r.Name)
	}
	return nil
}

func isHash(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == sha256.Size
}

func (r record) space() rendezvous.Space {
	return rendezvous.Space{Name: r.Name, Title: r.Title, Theme: r.Theme, Quota: r.Quota, Mark: r.Key}
}

// hashKey is what is kept of a key. A key has 128 bits or more by chance: it
// cannot be guessed from its hash, however fast the hash is.
func hashKey(key string) string {
	sum := sha256.Sum256([]byte("parley space key 1\n" + key))
	return hex.EncodeToString(sum[:])
}

// newKey draws one; the name in front tells a person what it is for.
func newKey(name, kind string) string { return name + "-" + kind + "-" + rand.Text() }
