package roster

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

var now = time.Date(2026, 3, 4, 15, 0, 0, 0, time.Local)

func rows(l *List) (all []*row) {
	for _, o := range l.column.Objects {
		if r, ok := o.(*row); ok {
			all = append(all, r)
		}
	}
	return all
}

func TestAPersonIsCalledByClickAndByKey(t *testing.T) {
	test.NewTempApp(t)
	var called []string
	l := NewList(Actions{Call: func(p Person) { called = append(called, p.Name) }, Remove: func(Person) {}, Block: func(Person) {}, Keep: func(Person) {}})
	w := test.NewTempWindow(t, l.Content)
	w.Resize(fyne.NewSize(320, 400))
	ann := Person{Kind: Nearby, Name: "Ann", Address: "nearby:a", Presence: Free}
	bob := Person{Kind: Recent, Name: "Bob", Incoming: true, Missed: true, New: true, At: now}
	l.Show([]Person{ann, bob}, now)
	r := rows(l)
	test.Tap(r[0])
	r[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	r[1].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // he can only call here
	if len(called) != 2 || called[0] != "Ann" {
		t.Errorf("called %v", called)
	}
	if w.Canvas().Overlays().Top() == nil {
		t.Error("no menu for whom cannot be called")
	}
	w.Canvas().Overlays().Remove(w.Canvas().Overlays().Top())
	r[0].TappedAt()
	if w.Canvas().Overlays().Top() == nil || len(called) != 2 {
		t.Errorf("the sign at the right opens no menu; called %v", called)
	}
}

// TappedAt clicks the sign at the right.
func (r *row) TappedAt() {
	r.Tapped(&fyne.PointEvent{Position: fyne.NewPos(r.Size().Width-5, 10), AbsolutePosition: fyne.NewPos(100, 10)})
}

func TestTheKeysStayWithAPersonWhenTheListChanges(t *testing.T) {
	test.NewTempApp(t)
	l := NewList(Actions{})
	w := test.NewTempWindow(t, l.Content)
	ann, bob := Person{Name: "Ann", Presence: Free}, Person{Name: "Bob", Presence: Free}
	l.Show([]Person{bob}, now)
	before := rows(l)[0]
	w.Canvas().Focus(before)
	l.Show([]Person{bob}, now)
	if rows(l)[0] != before {
		t.Error("what did not change is made anew")
	}
	l.Show([]Person{ann, bob}, now)
	if got, ok := w.Canvas().Focused().(*row); !ok || got.person.Name != "Bob" || got == before {
		t.Errorf("the keys are with %v", w.Canvas().Focused())
	}
}

func TestDetails(t *testing.T) {
	for _, c := range []struct {
		p    Person
		want string
	}{
		{Person{Kind: Nearby, Presence: Busy}, "Busy"},
		{Person{Kind: Nearby}, "Available"},
		{Person{Kind: Contact, Address: "https://x/c/y#secret"}, "https://x/c/y"},
		{Person{Kind: Recent, Missed: true, Incoming: true, At: now}, "Missed, 15:00"},
		{Person{Kind: Recent, Incoming: true, At: now.Add(-48 * time.Hour)}, "Called you, 2026-03-02"},
		{Person{Kind: Recent, At: now}, "You called, 15:00"},
	} {
		if got := c.p.Detail(now); got != c.want {
			t.Errorf("%+v: %q, want %q", c.p, got, c.want)
		}
	}
}

func TestWhatCanBeDoneWithWhom(t *testing.T) {
	none := func(Person) {}
	l := &List{actions: Actions{Call: none, Keep: none, Remove: none, Block: none}}
	for _, c := range []struct {
		p    Person
		want int
	}{
		{Person{Kind: Nearby, Address: "x"}, 2},
		{Person{Kind: Contact, Address: "x", Known: true}, 2},
		{Person{Kind: Recent, Incoming: true}, 2},
		{Person{Kind: Recent, Address: "x"}, 2},
		{Person{Kind: Recent, Address: "x", Incoming: true, Known: true}, 2},
	} {
		if got := l.items(c.p); len(got) != c.want {
			t.Errorf("%+v: %d things", c.p, len(got))
		}
	}
}
