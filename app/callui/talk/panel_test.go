package talk

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

func buttonsIn(o fyne.CanvasObject) map[string]*widget.Button {
	found := map[string]*widget.Button{}
	for _, o := range test.LaidOutObjects(o) {
		if b, ok := o.(*widget.Button); ok && b.Text != "" {
			found[b.Text] = b
		}
	}
	return found
}

func panel(t *testing.T) (p *Panel, done *[]string) {
	t.Helper()
	test.NewTempApp(t)
	done = &[]string{}
	note := func(what string) func(File) { return func(f File) { *done = append(*done, what+" "+f.ID) } }
	p = NewPanel(Actions{
		Send: func(s string) { *done = append(*done, "send "+s) }, Attach: func() {},
		Accept: note("accept"), Refuse: note("refuse"), Cancel: note("cancel"), Open: note("open"),
		Close: func() { *done = append(*done, "close") },
	})
	test.NewTempWindow(t, p.Content).Resize(fyne.NewSize(Width, 500))
	return p, done
}

func TestALineIsSentWithEnter(t *testing.T) {
	p, done := panel(t)
	test.Type(p.entry, " hello ")
	p.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	p.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // nothing to send
	p.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if len(*done) != 2 || (*done)[0] != "send hello" || (*done)[1] != "close" || p.entry.Text != "" {
		t.Errorf("%q, left %q", *done, p.entry.Text)
	}
}

func TestOnlyWhatChangedIsMadeAnew(t *testing.T) {
	p, _ := panel(t)
	lines := []Line{{Text: "one", At: time.Unix(1, 0)}, {Text: "two", Mine: true}}
	p.Show(lines)
	first, second := p.column.Objects[0], p.column.Objects[1]
	lines[1].Seen = true
	p.Show(append(lines, Line{Text: "three"}))
	if len(p.column.Objects) != 3 || p.column.Objects[0] != first || p.column.Objects[1] == second {
		t.Errorf("%d lines", len(p.column.Objects))
	}
	p.Show(nil)
	if len(p.column.Objects) != 0 || !p.empty.Visible() {
		t.Error("the lines of an earlier call stay")
	}
}

func TestOldLinesGiveWay(t *testing.T) {
	p, _ := panel(t)
	var lines []Line
	for i := range 5 {
		lines = append(lines, Line{Text: "x", At: time.Unix(int64(i), 0)})
	}
	p.Show(lines)
	third := p.column.Objects[2]
	p.Show(append(lines[2:], Line{Text: "new"}))
	if len(p.column.Objects) != 4 || p.column.Objects[0] != third {
		t.Errorf("%d lines, and what stays was made anew", len(p.column.Objects))
	}
}

func TestWhatCanBeDoneWithAFile(t *testing.T) {
	p, done := panel(t)
	for _, c := range []struct {
		line Line
		tap  string // "": nothing can be done
		want string
	}{
		{Line{File: File{ID: "1"}}, "Accept", "accept 1"},
		{Line{File: File{ID: "2"}}, "No", "refuse 2"},
		{Line{Mine: true, File: File{ID: "3"}}, "Cancel", "cancel 3"},
		{Line{File: File{ID: "4", State: Moving}}, "Cancel", "cancel 4"},
		{Line{File: File{ID: "8", State: Paused}}, "Cancel", "cancel 8"},
		{Line{File: File{ID: "5", State: Kept, Path: "/x/y"}}, "Open the folder", "open 5"},
		{Line{Mine: true, File: File{ID: "6", State: Kept}}, "", ""},
		{Line{File: File{ID: "7", State: Failed, Why: "no room"}}, "", ""},
	} {
		*done = nil
		p.Show([]Line{c.line})
		found := buttonsIn(p.column)
		if c.tap == "" {
			if len(found) != 0 {
				t.Errorf("%+v: %v", c.line.File, found)
			}
			continue
		}
		if found[c.tap] == nil {
			t.Errorf("%+v: no %s", c.line.File, c.tap)
			continue
		}
		test.Tap(found[c.tap])
		if len(*done) != 1 || (*done)[0] != c.want {
			t.Errorf("%+v: %v", c.line.File, *done)
		}
	}
}

func TestFilesInWords(t *testing.T) {
	for _, c := range []struct {
		f    File
		mine bool
		want string
	}{
		{File{Size: 2_400_000}, false, "2.4 MB"},
		{File{Size: 2_400_000}, true, "2.4 MB, offered"},
		{File{Size: 340_000_000, Done: 20_000, State: Moving}, false, "20 kB / 340 MB"},
		{File{Size: 2_400_000, Done: 3, State: Paused}, false, "2.4 MB, goes on in the next call"},
		{File{Size: 0, State: Kept}, true, "0 kB, arrived"},
		{File{Size: 12, State: Kept}, false, "1 kB, kept"},
		{File{State: Failed, Why: "no room"}, false, "failed: no room"},
	} {
		if got := c.f.words(c.mine); got != c.want {
			t.Errorf("%+v: %q, want %q", c.f, got, c.want)
		}
	}
	if s := (File{Size: 10, Done: 5}).share(); s != 0.5 {
		t.Errorf("share %v", s)
	}
	if s := (File{}).share(); s != 1 {
		t.Errorf("of nothing: %v", s)
	}
}
