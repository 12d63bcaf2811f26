package people

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/call"
)

func add(name string) func(*Book) error {
	return func(b *Book) error { return b.Put(Contact{Name: name}) }
}

func TestStoreKeeps(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "people.json")
	s, err := Open(path)
	must(t, err)
	heard := 0
	stop := s.Watch(func(b Book) { heard = len(b.Contacts) })
	must(t, s.Change(add("Ann")))
	stop()
	if err := s.Change(add("")); !errors.Is(err, errNoName) {
		t.Errorf("%v", err)
	}
	if again, err := Open(path); err != nil || len(again.Get().Contacts) != 1 || heard != 1 {
		t.Errorf("%+v, %v, heard %d", again.Get(), err, heard)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
	all, err := os.ReadDir(filepath.Dir(path))
	must(t, err)
	for _, one := range all {
		if strings.HasPrefix(one.Name(), ".people") {
			t.Errorf("left: %s", one.Name())
		}
	}
}

// Two Parleys of one profile lose nothing of each other's.
func TestTwoProgramsShareTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "people.json")
	one, err := Open(path)
	must(t, err)
	two, err := Open(path)
	must(t, err)
	for i := range 20 {
		s := []*Store{one, two}[i%2]
		must(t, s.Change(add("Person "+string(rune('A'+i)))))
	}
	if n := len(one.Get().Contacts); n != 20 {
		t.Errorf("%d contacts are left", n)
	}
	must(t, two.Change(func(b *Book) error { b.Block(Block{Fingerprint: "FM"}); return nil }))
	if one.Admits(call.Caller{Fingerprint: "FM"}) {
		t.Error("who was blocked from another window rings")
	}
}

func TestBadFilesAreLeftAlone(t *testing.T) {
	for text, want := range map[string]error{
		`{"version": 99}`: ErrNewer, `{`: ErrDamaged, `[]`: ErrDamaged, `{"contacts": 7}`: ErrDamaged, ``: ErrDamaged,
	} {
		path := filepath.Join(t.TempDir(), "people.json")
		must(t, os.WriteFile(path, []byte(text), 0o600))
		if _, err := Open(path); !errors.Is(err, want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%q: %v", text, err)
		}
		if data, err := os.ReadFile(path); err != nil || string(data) != text {
			t.Errorf("%q became %q, %v", text, data, err)
		}
	}
}

func TestUnknownFieldsSurvive(t *testing.T) {
	path := filepath.Join(t.TempDir(), "people.json")
	must(t, os.WriteFile(path, []byte(`{"version": 1, "groups": [1, 2]}`), 0o600))
	s, err := Open(path)
	must(t, err)
	must(t, s.Change(add("Ann")))
	data, err := os.ReadFile(path)
	must(t, err)
	if !strings.Contains(string(data), `"groups"`) || !strings.Contains(string(data), "Ann") {
		t.Errorf("%s", data)
	}
}

func TestSavingThatFailsIsTold(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(blocked, nil, 0o600))
	s := &Store{path: filepath.Join(blocked, "people.json")}
	if err := s.Change(add("Ann")); err == nil {
		t.Error("nothing was said")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"version":1,"contacts":[{"name":"Ann","addresses":["x"],"verified":"2026-05-01T12:00:00Z"}],"x":1}`))
	f.Add([]byte(`{"blocked":[{}],"pins":[{"address":"a"}],"history":[{"length_ns":-1}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, unknown, err := decode(data)
		if err != nil {
			return
		}
		b.Standing(call.Caller{Address: "a", Fingerprint: "b", Name: "Ann", Incoming: true})
		b.Admits(call.Caller{Address: "a"})
		again, err := encode(b, unknown)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := decode(again); err != nil {
			t.Fatalf("what was written cannot be read: %v", err)
		}
	})
}
