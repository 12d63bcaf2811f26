package portal

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"

	"parley/app/dbustest"
	"parley/app/editui"
)

// undecided is the status of a person who does nothing.
const undecided = 99

// desktop is a portal that answers as it is told.
type desktop struct {
	conn    *dbus.Conn
	status  uint32
	results map[string]dbus.Variant
	asked   chan map[string]dbus.Variant
}

func newDesktop(t *testing.T, status uint32, uris ...string) *desktop {
	t.Helper()
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	d := &desktop{conn: conn, status: status, asked: make(chan map[string]dbus.Variant, 1)}
	d.results = map[string]dbus.Variant{}
	if uris != nil {
		d.results["uris"] = dbus.MakeVariant(uris)
	}
	if err := conn.Export(d, object, fileChooser); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.RequestName(service, 0); err != nil {
		t.Fatal(err)
	}
	return d
}

// OpenFile is called over the bus.
func (d *desktop) OpenFile(sender dbus.Sender, _, _ string, options map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	return d.answer(sender, options)
}

// SaveFile is called over the bus.
func (d *desktop) SaveFile(sender dbus.Sender, _, _ string, options map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	return d.answer(sender, options)
}

// answer answers even before the call returns, as a quick portal may.
func (d *desktop) answer(sender dbus.Sender, options map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	name := strings.ReplaceAll(strings.TrimPrefix(string(sender), ":"), ".", "_")
	handle := dbus.ObjectPath(object + "/request/" + name + "/" + options["handle_token"].Value().(string))
	d.asked <- options
	if d.status != undecided {
		if err := d.conn.Emit(handle, request+".Response", d.status, d.results); err != nil {
			return "", dbus.MakeFailedError(err)
		}
	}
	return handle, nil
}

func TestOpen(t *testing.T) {
	tests := []struct {
		name   string
		status uint32
		uris   []string
		want   []string
		err    string
	}{
		{"chosen", chosen, []string{"file:///a/b%20c.jpg", "file:///C++%25.mp4"}, []string{"/a/b c.jpg", "/C++%.mp4"}, ""},
		{"given up", cancelled, nil, nil, ""},
		{"broken", 2, nil, nil, "ended by itself"},
		{"from the web", chosen, []string{"https://example.org/a.jpg"}, nil, "not a file on this computer"},
	}
	dbustest.Session(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			newDesktop(t, tt.status, tt.uris...)
			got, err := Chooser{}.Open(t.Context(), "x11:1", "Bring in")
			if !slices.Equal(got, tt.want) || (err == nil) != (tt.err == "") || err != nil && !strings.Contains(err.Error(), tt.err) {
				t.Errorf("%q, %v; want %q, %q", got, err, tt.want, tt.err)
			}
		})
	}
}

func TestSave(t *testing.T) {
	dbustest.Session(t)
	d := newDesktop(t, chosen, "file:///videos/film.mp4")
	got, err := Chooser{}.Save(t.Context(), "", "Where", "/videos", "Film.mp4")
	if got != "/videos/film.mp4" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	options := <-d.asked
	if name := options["current_name"].Value(); name != "Film.mp4" {
		t.Errorf("suggested %q", name)
	}
	if folder := options["current_folder"].Value(); string(folder.([]byte)) != "/videos\x00" {
		t.Errorf("begins in %q", folder)
	}
}

func TestFolder(t *testing.T) {
	dbustest.Session(t)
	d := newDesktop(t, chosen, "file:///films/old%20ones")
	got, err := Chooser{}.Folder(t.Context(), "", "Where")
	if got != "/films/old ones" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if options := <-d.asked; options["directory"].Value() != true {
		t.Error("a file may be chosen")
	}
}

func TestADialogEndsWithTheProgram(t *testing.T) {
	dbustest.Session(t)
	d := newDesktop(t, undecided)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-d.asked
		cancel()
	}()
	if _, err := (Chooser{}).Open(ctx, "", "Bring in"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
}

func TestWaitingForTheRightAnswer(t *testing.T) {
	answers := make(chan *dbus.Signal, 4)
	signal := func(path dbus.ObjectPath, name, uri string) {
		results := map[string]dbus.Variant{"uris": dbus.MakeVariant([]string{uri})}
		answers <- &dbus.Signal{Path: path, Name: name, Body: []any{uint32(chosen), results}}
	}
	signal("/other", request+".Response", "file:///other.jpg")
	signal("/mine", "org.example.Response", "file:///example.jpg")
	signal("/mine", request+".Response", "file:///mine.jpg")
	got, err := wait(t.Context(), "/mine", answers)
	if err != nil || !slices.Equal(got, []string{"/mine.jpg"}) {
		t.Errorf("%q, %v", got, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := wait(ctx, "/mine", answers); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
	close(answers)
	if _, err := wait(t.Context(), "/mine", answers); !errors.Is(err, editui.ErrNoChooser) {
		t.Errorf("a bus that goes: %v", err)
	}
}

func TestNoDesktop(t *testing.T) {
	dbustest.Session(t)
	if _, err := (Chooser{}).Open(t.Context(), "", "Bring in"); !errors.Is(err, editui.ErrNoChooser) {
		t.Errorf("a bus without a portal: %v", err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
	if _, err := (Chooser{}).Open(t.Context(), "", "Bring in"); !errors.Is(err, editui.ErrNoChooser) {
		t.Errorf("no bus: %v", err)
	}
}

func FuzzAnswer(f *testing.F) {
	f.Add(uint32(0), "file:///a%20b")
	f.Add(uint32(0), "file:%zz")
	f.Add(uint32(1), "")
	f.Fuzz(func(t *testing.T, status uint32, uri string) {
		paths, err := answer([]any{status, map[string]dbus.Variant{"uris": dbus.MakeVariant([]string{uri})}})
		if err == nil && status == chosen && (len(paths) != 1 || !strings.HasPrefix(strings.ToLower(uri), "file:")) {
			t.Errorf("%q became %q", uri, paths)
		}
		if _, err := answer([]any{uri, status}); err == nil {
			t.Error("an answer of other types is taken")
		}
	})
}
