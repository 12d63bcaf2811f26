package people

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
)

// ErrNewer is returned for a file that a newer Parley wrote.
var ErrNewer = errors.New("the contacts were written by a newer Parley")

// ErrDamaged is returned for a file that holds no contacts.
var ErrDamaged = errors.New("the file of contacts is damaged")

// fields are those of Book in the file; others are kept as they are.
var fields = []string{"version", "contacts", "pins", "blocked", "history", "seen"}

// decode reads a file and what it holds beyond the known fields.
func decode(data []byte) (Book, map[string]json.RawMessage, error) {
	var head struct {
		Version int `json:"version"`
	}
	damaged := func(err error) (Book, map[string]json.RawMessage, error) {
		return Book{}, nil, fmt.Errorf("%w; mend it or remove it to start afresh: %w", ErrDamaged, err)
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return damaged(err)
	}
	if head.Version > Version {
		return Book{}, nil, fmt.Errorf("%w (form %d, known is %d); update this one, or use another folder with --profile", ErrNewer, head.Version, Version)
	}
	var b Book
	unknown := map[string]json.RawMessage{}
	if err := errors.Join(json.Unmarshal(data, &b), json.Unmarshal(data, &unknown)); err != nil {
		return damaged(err)
	}
	for _, name := range fields {
		delete(unknown, name)
	}
	b.Version = Version
	return b, unknown, nil
}

// encode writes the book together with the unknown fields.
func encode(b Book, unknown map[string]json.RawMessage) ([]byte, error) {
	b.Version = Version
	known, err := json.Marshal(b)
	if err != nil {
		return nil, err
	}
	all := map[string]json.RawMessage{}
	maps.Copy(all, unknown)
	if err := json.Unmarshal(known, &all); err != nil {
		return nil, err
	}
	data, err := json.MarshalIndent(all, "", "  ")
	return append(data, '\n'), err
}
