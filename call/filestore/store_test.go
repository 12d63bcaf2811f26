package filestore

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"parley/call"
)

func TestSafeName(t *testing.T) {
	for in, want := range map[string]string{
		"film.mkv": "film.mkv", "Jürgen Æ.txt": "Jürgen Æ.txt", "../../etc/passwd": "passwd", `..\..\boot.ini`: "boot.ini",
		"/etc/shadow": "shadow", "C:\\x\\y.exe": "y.exe", "": "file", "..": "file", "/": "file", ".bashrc": "bashrc", "-rf": "rf",
		"con": "_con", "NUL.txt": "_NUL.txt", "com1.tar.gz": "_com1.tar.gz", "a:b": "a_b", "what?*.txt": "what__.txt",
		"\u202egnp.exe": "gnp.exe", "a\nb\x00c": "abc", "dots...": "dots", "\xff\xfe": "file", "a/b/": "b", "<>": "file",
	} {
		if got := SafeName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for _, before := range []string{"", "x"} { // a letter is not cut in two
		if long := SafeName(before + strings.Repeat("é", 300) + ".mkv"); len(long) > maxName || !strings.HasSuffix(long, ".mkv") || !utf8.ValidString(long) {
			t.Errorf("%q", long)
		}
	}
}

func FuzzSafeName(f *testing.F) {
	f.Add("../../x")
	f.Add("aux.\u202e")
	f.Fuzz(func(t *testing.T, in string) {
		got := SafeName(in)
		if got == "" || got[0] == '.' || got[0] == '-' || len(got) > maxName+1 || strings.ContainsAny(got, "/\\:\x00\n") || filepath.Base(got) != got || !utf8.ValidString(got) {
			t.Fatalf("%q becomes %q", in, got)
		}
		if again := SafeName(got); again != got {
			t.Fatalf("%q becomes %q, and that %q", in, got, again)
		}
	})
}

const key = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

func create(t *testing.T, dir, name string, size int64) call.FilePart {
	t.Helper()
	p, err := New().Create(dir, name, key, size)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func write(t *testing.T, p call.FilePart, text string) {
	t.Helper()
	if _, err := p.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
}

func TestAFileIsKeptInParts(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new [folder]")
	p := create(t, dir, "../a.txt", 10)
	write(t, p, "01234")
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	p = create(t, dir, "../a.txt", 10)
	if p.Have() != 5 {
		t.Fatalf("%d bytes are left", p.Have())
	}
	write(t, p, "56789")
	if want := sha256.Sum256([]byte("0123456789")); p.Sum() != hex.EncodeToString(want[:]) {
		t.Error("another sum")
	}
	path, err := p.Finish()
	if err != nil || path != filepath.Join(dir, "a.txt") {
		t.Fatalf("%s, %v", path, err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "0123456789" {
		t.Errorf("%q, %v", data, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if all, err := os.ReadDir(dir); err != nil || len(all) != 1 {
		t.Errorf("left beside it: %v", all)
	}
}

func TestNothingIsReplaced(t *testing.T) {
	dir := t.TempDir()
	for i, want := range []string{"a.tar.gz", "a.tar (2).gz", "a.tar (3).gz"} {
		p := create(t, dir, "a.tar.gz", 1)
		write(t, p, string(rune('0'+i)))
		path, err := p.Finish()
		if err != nil || filepath.Base(path) != want {
			t.Errorf("%s, %v", path, err)
		}
	}
	if data, err := os.ReadFile(filepath.Join(dir, "a.tar.gz")); err != nil || !bytes.Equal(data, []byte("0")) {
		t.Errorf("%q, %v", data, err)
	}
}

func TestWhatIsInTheWayIsNotFollowed(t *testing.T) {
	dir := t.TempDir()
	victim := filepath.Join(t.TempDir(), "victim")
	if err := os.WriteFile(victim, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(victim, filepath.Join(dir, ".a.txt."+short(key)+partEnding)); err != nil {
		t.Fatal(err)
	}
	if _, err := New().Create(dir, "a.txt", key, 3); err == nil {
		t.Error("a link was followed")
	}
	if err := os.Symlink(victim, filepath.Join(dir, "b.txt")); err != nil {
		t.Fatal(err)
	}
	p := create(t, dir, "b.txt", 3)
	write(t, p, "bad")
	if path, err := p.Finish(); err != nil || filepath.Base(path) != "b (2).txt" {
		t.Errorf("%s, %v", path, err)
	}
	if data, err := os.ReadFile(victim); err != nil || string(data) != "mine" {
		t.Errorf("%q, %v", data, err)
	}
}

// The other side names the key: the same one twice must not let it write into
// a file that is whole already.
func TestAPartIsWrittenByOneAlone(t *testing.T) {
	s, dir := New(), t.TempDir()
	first, err := s.Create(dir, "a.txt", key, 4)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := s.Create(dir, "a.txt", key, 4); err == nil {
		t.Error("two parts have one file", second.Close())
	}
	write(t, first, "good")
	path, err := first.Finish()
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.Create(dir, "a.txt", key, 4)
	if err != nil {
		t.Fatal(err)
	}
	write(t, second, "evil")
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "good" {
		t.Errorf("%q, %v", data, err)
	}
	third, err := s.Create(dir, "a.txt", key, 4)
	if err != nil || third.Have() != 4 || third.Discard() != nil {
		t.Errorf("a part that was closed is not found again: %v", err)
	}
}

func TestANameThatCouldNotBeGivenIsFreeAgain(t *testing.T) {
	dir := t.TempDir()
	if err := place(filepath.Join(dir, "nothing"), filepath.Join(dir, "a")); err == nil {
		t.Error("nothing was moved")
	}
	if all, err := os.ReadDir(dir); err != nil || len(all) != 0 {
		t.Errorf("left: %v, %v", all, err)
	}
}

func TestADiskWithoutRoomIsTold(t *testing.T) {
	s := &Store{Free: func(string) int64 { return reserveBytes + 9 }}
	dir := t.TempDir()
	if _, err := s.Create(dir, "a", key, 10); err == nil || !strings.Contains(err.Error(), dir) {
		t.Errorf("%v", err)
	}
	if all, err := os.ReadDir(dir); err != nil || len(all) != 0 {
		t.Errorf("left: %v", all)
	}
	if p, err := s.Create(dir, "a", key, 9); err != nil || p.Discard() != nil {
		t.Errorf("%v", err)
	}
	if all, err := os.ReadDir(dir); err != nil || len(all) != 0 {
		t.Errorf("left: %v", all)
	}
}

func TestOldPartsAreSwept(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, ".old.0123"+partEnding)
	for path, age := range map[string]time.Duration{old: staleAfter + time.Hour, filepath.Join(dir, ".new.0123"+partEnding): time.Hour} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	p := create(t, dir, "a", 1)
	if err := p.Discard(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Errorf("the old one: %v", err)
	}
	if all, err := os.ReadDir(dir); err != nil || len(all) != 1 {
		t.Errorf("%v, %v", all, err)
	}
}

func TestOnlyFilesAreSent(t *testing.T) {
	if _, err := New().Open(t.TempDir()); err == nil {
		t.Error("a folder was opened")
	}
	path := filepath.Join(t.TempDir(), "x.bin")
	if err := os.WriteFile(path, []byte("abc"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := New().Open(path)
	if err != nil || s.Name() != "x.bin" || s.Size() != 3 || s.Close() != nil {
		t.Errorf("%v", err)
	}
}
