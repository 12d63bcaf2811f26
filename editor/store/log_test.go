package store

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/editor"
)

// work is a film that is edited and saved.
type work struct {
	t       *testing.T
	shelf   *Shelf
	path    string
	history *editor.History
}

func newWork(t *testing.T, path string) *work {
	return &work{t, &Shelf{}, path, editor.NewHistory(editor.Version{})}
}

// add puts a still that stands for seconds at the end.
func (w *work) add(seconds int64) {
	w.t.Helper()
	now := w.history.Now()
	line, err := now.Timeline.Append(editor.Clip{
		ID: now.Timeline.NextID(), Kind: editor.StillClip, Source: filepath.Join(filepath.Dir(w.path), "a.jpg"), Duration: editor.Rational(seconds, 1),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.history.Do(fmt.Sprint("add ", seconds), editor.Version{Timeline: line})
}

func (w *work) project() *editor.Project {
	return &editor.Project{Timeline: w.history.Now().Timeline}
}

func (w *work) save() {
	w.t.Helper()
	if err := w.shelf.Save(w.path, w.project(), w.history.Past()); err != nil {
		w.t.Fatal(err)
	}
}

// reopen is the film after a restart.
func (w *work) reopen() *work {
	w.t.Helper()
	again := &Shelf{}
	p, past, err := again.Open(w.path)
	if err != nil {
		w.t.Fatal(err)
	}
	return &work{w.t, again, w.path, editor.ResumeHistory(editor.Version{Timeline: p.Timeline}, past)}
}

// is compares the film: "5 7" are stills of 5 and 7 seconds.
func (w *work) is(want string) {
	w.t.Helper()
	var lengths []string
	for _, c := range w.history.Now().Timeline.All() {
		lengths = append(lengths, c.Length().String())
	}
	if got := strings.Join(lengths, " "); got != want {
		w.t.Fatalf("the film is %q, want %q", got, want)
	}
}

func (w *work) undo(times int) {
	w.t.Helper()
	for range times {
		if _, ok := w.history.Undo(); !ok {
			w.t.Fatal("nothing can be undone")
		}
	}
}

func TestHistoryOutlivesTheProgram(t *testing.T) {
	w := newWork(t, filepath.Join(t.TempDir(), "film.parley"))
	w.add(1)
	w.add(2)
	w.save()
	w.add(3)
	w.undo(2)
	w.save() // 2 and 3 are to be done again
	w = w.reopen()
	w.is("1")
	for range 2 {
		if _, ok := w.history.Redo(); !ok {
			t.Fatal("nothing can be done again")
		}
	}
	w.is("1 2 3")
	w.undo(1)
	w.add(4) // forgets 3
	w.save()
	w = w.reopen()
	w.is("1 2 4")
	w.undo(3)
	w.is("")
	w.save()
	w = w.reopen()
	w.is("")
	if label, _ := w.history.CanRedo(); label != "add 1" {
		t.Errorf("can redo %q", label)
	}
	info, err := os.Stat(w.path + HistoryExtension)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("a history is for its owner alone: %v, %v", info.Mode(), err)
	}
}

// A crash leaves the project as it was before what was added to the history,
// or a torn line.
func TestHistoryAfterACrash(t *testing.T) {
	w := newWork(t, filepath.Join(t.TempDir(), "film.parley"))
	w.add(1)
	w.add(2)
	w.save()
	before, err := os.ReadFile(w.path)
	if err != nil {
		t.Fatal(err)
	}
	w.undo(1)
	w.add(3) // forgets 2
	w.save()
	if err := os.WriteFile(w.path, before, 0o600); err != nil {
		t.Fatal(err)
	}
	w = w.reopen()
	w.is("1 2")
	w.undo(1)
	w.is("1")
	w.add(5)
	w.save()
	f, err := os.OpenFile(w.path+HistoryExtension, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(`{"n":3,"lab`); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	w = w.reopen()
	w.is("1 5")
	w.add(6)
	w.save()
	w = w.reopen()
	w.undo(3)
	w.is("")
}

func TestForeignHistoriesAreSetAside(t *testing.T) {
	for name, foreign := range map[string]string{
		"another project's": "{\"format\":\"parley-history\",\"version\":1}\n{\"n\":1,\"label\":\"x\"}\n{\"done\":1,\"film\":\"00\"}\n",
		"no history":        "hello\n",
		"a newer one":       "{\"format\":\"parley-history\",\"version\":9}\n",
		"nothing":           "",
	} {
		w := newWork(t, filepath.Join(t.TempDir(), "film.parley"))
		w.add(1)
		if err := Save(w.path, w.project()); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(w.path+HistoryExtension, []byte(foreign), 0o600); err != nil {
			t.Fatal(err)
		}
		w = w.reopen()
		w.is("1")
		if _, ok := w.history.CanUndo(); ok {
			t.Errorf("%s: something can be undone", name)
		}
		w.add(2)
		w.save()
		w = w.reopen()
		w.undo(1)
		w.is("1")
		if old, err := os.ReadFile(w.path + HistoryExtension + ".old"); err != nil || string(old) != foreign {
			t.Errorf("%s: %q was set aside (%v)", name, old, err)
		}
	}
}

// A history goes along when its project is saved elsewhere, and when the
// folder is moved.
func TestHistoryMoves(t *testing.T) {
	first := t.TempDir()
	w := newWork(t, filepath.Join(first, "film.parley"))
	w.add(1)
	w.add(2)
	w.save()
	w.path = filepath.Join(t.TempDir(), "other.parley")
	w.add(3)
	w.save()
	elsewhere := w.reopen()
	elsewhere.undo(3)
	elsewhere.is("")
	moved := filepath.Join(t.TempDir(), "moved")
	if err := os.Rename(first, moved); err != nil {
		t.Fatal(err)
	}
	w.path = filepath.Join(moved, "film.parley")
	w = w.reopen()
	w.undo(1)
	w.history.Redo()
	if got := w.history.Now().Timeline.Clip(1).Source; got != filepath.Join(moved, "a.jpg") {
		t.Errorf("the clip that was done again is taken from %s", got)
	}
}

func TestAHistoryThatCannotBeWrittenLosesNothing(t *testing.T) {
	w := newWork(t, filepath.Join(t.TempDir(), "film.parley"))
	w.add(1)
	touch(t, filepath.Join(w.path+HistoryExtension+".old", "x"), "") // nothing can be set aside here
	touch(t, filepath.Join(w.path+HistoryExtension, "x"), "")
	err := w.shelf.Save(w.path, w.project(), w.history.Past())
	if err == nil || !strings.Contains(err.Error(), "project is saved") {
		t.Errorf("said %v", err)
	}
	w.reopen().is("1")
}

// Ten thousand edits of a film of 500 clips.
func BenchmarkHistory(b *testing.B) {
	dir := b.TempDir()
	var clips []editor.Clip
	for i := range 500 {
		clips = append(clips, editor.Clip{ID: editor.ClipID(fmt.Sprint("c", i)), Kind: editor.StillClip, Source: filepath.Join(dir, "a.jpg"), Duration: editor.DefaultStill})
	}
	line, err := editor.NewTimeline(clips...)
	if err != nil {
		b.Fatal(err)
	}
	h := editor.NewHistory(editor.Version{Timeline: line})
	path := filepath.Join(dir, "film.parley")
	var shelf Shelf
	for i := range 10000 {
		next, err := h.Now().Timeline.SetDuration(editor.ClipID(fmt.Sprint("c", i%500)), editor.Rational(int64(i+1), 1))
		if err != nil {
			b.Fatal(err)
		}
		h.Do("Set duration", editor.Version{Timeline: next})
	}
	save := func() {
		if err := shelf.Save(path, &editor.Project{Timeline: h.Now().Timeline}, h.Past()); err != nil {
			b.Fatal(err)
		}
	}
	save()
	b.Run("save one more", func(b *testing.B) {
		for b.Loop() {
			h.Do("Again", h.Now())
			save()
		}
	})
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			if _, past, err := (&Shelf{}).Open(path); err != nil || len(past.Steps) < 10000 {
				b.Fatal(len(past.Steps), err)
			}
		}
	})
	if info, err := os.Stat(path + HistoryExtension); err == nil {
		b.Logf("the history is %d bytes", info.Size())
	}
}
