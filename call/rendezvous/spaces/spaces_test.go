package spaces

import (
	"context"
	"encoding/hex"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/call/rendezvous"
)

func newFile(t *testing.T) string { return filepath.Join(t.TempDir(), "server", "spaces.json") }

func TestKeysAreKeptAsHashes(t *testing.T) {
	path := newFile(t)
	keys, err := Add(path, rendezvous.Space{Name: "choir", Title: "The choir", Theme: "dark", Quota: rendezvous.Quota{Slots: 3}})
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info.Mode(), err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{keys.Invitation, keys.Admin} {
		if raw, err := hex.DecodeString(hashKey(key)); err != nil || len(raw) != 32 || strings.Contains(key, string(raw[:4])) {
			t.Errorf("the hash of %s is %q, %v", key, raw, err)
		}
		if strings.Contains(string(data), key) || strings.Contains(string(data), key[len(key)-20:]) {
			t.Errorf("the file has the key %s", key)
		}
	}
	b, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if s, ok := b.ByKey(keys.Invitation); !ok || s.Name != "choir" || s.Quota.Slots != 3 || s.Title != "The choir" {
		t.Errorf("by key: %+v, %v", s, ok)
	}
	if _, ok := b.ByAdmin(keys.Admin); !ok {
		t.Error("not by the administrator's key")
	}
	for name, ok := range map[string]bool{"admin as invitation": has(b.ByKey(keys.Admin)), "invitation as admin": has(b.ByAdmin(keys.Invitation)), "empty": has(b.ByKey("")), "hash": has(b.ByKey(hashKey(keys.Invitation)))} {
		if ok {
			t.Errorf("%s is a key", name)
		}
	}
}

func has(_ rendezvous.Space, ok bool) bool { return ok }

func TestEdits(t *testing.T) {
	path := newFile(t)
	first, err := Add(path, rendezvous.Space{Name: "b"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Add(path, rendezvous.Space{Name: "a"}); err != nil {
		t.Fatal(err)
	}
	if _, err := Add(path, rendezvous.Space{Name: "b"}); err == nil {
		t.Error("b was added twice")
	}
	for _, bad := range []rendezvous.Space{{Name: ""}, {Name: "A"}, {Name: "a.b"}, {Name: strings.Repeat("x", 33)}, {Name: "c", Title: "a\nb"}, {Name: "c", Theme: "../x"}, {Name: "c", Quota: rendezvous.Quota{Slots: -1}}} {
		if _, err := Add(path, bad); err == nil {
			t.Errorf("%+v was added", bad)
		}
	}
	list, err := List(path)
	if err != nil || len(list) != 2 || list[0].Name != "a" {
		t.Fatalf("%+v, %v", list, err)
	}
	if _, err := Rekey(path, "b"); err != nil {
		t.Fatal(err)
	}
	b, err := Open(path)
	if err != nil || has(b.ByKey(first.Invitation)) {
		t.Errorf("the old key is good still, or %v", err)
	}
	if err := Remove(path, "b"); err != nil {
		t.Fatal(err)
	}
	if err := Remove(path, "b"); !errors.Is(err, ErrNoSpace) {
		t.Errorf("removed twice: %v", err)
	}
	if _, err := Rekey(path, "b"); !errors.Is(err, ErrNoSpace) {
		t.Errorf("a key for none: %v", err)
	}
}

func TestRunningServerFollows(t *testing.T) {
	path := newFile(t)
	b, err := Open(path)
	if err != nil || b.Len() != 0 {
		t.Fatalf("%v, %v", b, err)
	}
	ctx, stop := context.WithCancel(t.Context())
	changed, done := make(chan struct{}, 8), make(chan struct{})
	go func() {
		defer close(done)
		b.Follow(ctx, time.Millisecond, slog.New(slog.DiscardHandler), func() { changed <- struct{}{} })
	}()
	keys, err := Add(path, rendezvous.Space{Name: "choir"})
	if err != nil {
		t.Fatal(err)
	}
	<-changed
	if !has(b.ByKey(keys.Invitation)) {
		t.Error("the new space is not known")
	}
	if err := os.WriteFile(path, []byte(`{"version":1,"spaces":[{"name":"x","quotas":{}}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Remove(path, "choir"); err == nil {
		t.Error("a damaged file was edited")
	}
	if !has(b.ByKey(keys.Invitation)) {
		t.Error("a damaged file took the spaces away")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	<-changed
	if b.Len() != 0 {
		t.Error("a removed file left spaces")
	}
	stop()
	<-done
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"version":1,"spaces":[{"name":"a","quota":{},"key":"` + strings.Repeat("ab", 32) + `","admin":"` + strings.Repeat("cd", 32) + `"}]}`))
	f.Add([]byte(`{"version":2}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		all, err := decode(data)
		for _, r := range all {
			if err == nil && r.check() != nil {
				t.Fatalf("%+v was let through", r)
			}
		}
	})
}
