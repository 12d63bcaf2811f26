package capture

import (
	"errors"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pion/mediadevices/pkg/driver"

	"parley/call"
)

// desk is a collection of cameras as found on a well-equipped desk.
func desk(t *testing.T) *collection {
	good := func() *fakeCamera { return &fakeCamera{offers: mjpeg, read: silent} }
	drivers := []driver.Driver{
		plugged(t, good(), driver.Info{Name: "Twin;usb-2", Label: "usb-twin-b-video-index0;video10"}),
		plugged(t, &fakeCamera{}, driver.Info{Name: "Front;usb-1", Label: "usb-front-video-index1;video1"}),
		plugged(t, good(), driver.Info{Name: "Twin;usb-3", Label: "usb-twin-a-video-index0;video2"}),
		plugged(t, &fakeCamera{openErr: syscall.EACCES}, driver.Info{Name: ";", Label: "usb-shut-video-index0;video4"}),
		plugged(t, &fakeCamera{openErr: syscall.EACCES}, driver.Info{Name: ";", Label: "usb-shut-video-index1;video5"}),
		plugged(t, &fakeCamera{openErr: errors.New("Not a video capture device")}, driver.Info{Name: ";", Label: "video6;video6"}),
		plugged(t, good(), driver.Info{Name: "Front;usb-1", Label: "usb-front-video-index0;video0", Priority: driver.PriorityHigh}),
	}
	return &collection{find: func() []driver.Driver { return drivers }, stamp: steady}
}

// steady is the stamp of a desk where nothing comes or goes.
func steady() string { return "same" }

func TestListTellsCamerasApart(t *testing.T) {
	want := []call.DeviceInfo{
		{Kind: call.Camera, Name: "Front", ID: "usb-front-video-index0", Default: true},
		{Kind: call.Camera, Name: "Twin (video2)", ID: "usb-twin-a-video-index0"},
		{Kind: call.Camera, Name: "video4", ID: "usb-shut-video-index0"},
		{Kind: call.Camera, Name: "Twin (video10)", ID: "usb-twin-b-video-index0"},
	}
	c := desk(t)
	for range 2 { // looking must leave everything as it was
		if diff := cmp.Diff(want, c.list()); diff != "" {
			t.Errorf("cameras (-want +got):\n%s", diff)
		}
	}
}

func TestListFindsWhatIsPluggedInLater(t *testing.T) {
	c := &collection{find: func() []driver.Driver { return nil }, stamp: steady}
	if got := c.list(); got == nil || len(got) != 0 {
		t.Errorf("got %#v, want an empty list", got)
	}
	c.find = desk(t).find
	c.stamp = func() string { return "later" }
	if got := c.list(); len(got) != 4 {
		t.Errorf("got %d cameras, want 4", len(got))
	}
}

func TestListTriesACameraOnlyWhenItIsNew(t *testing.T) {
	front, back := &fakeCamera{offers: mjpeg, read: silent}, &fakeCamera{offers: mjpeg, read: silent}
	plug := func(f *fakeCamera, n string) driver.Driver {
		return plugged(t, f, driver.Info{Name: "Eye " + n, Label: "link" + n + ";video" + n})
	}
	stamp, looks := "one", 0
	there := []driver.Driver{plug(front, "7")}
	c := &collection{stamp: func() string { return stamp }, find: func() []driver.Driver { looks++; return there }}
	for range 3 {
		if n := len(c.list()); n != 1 {
			t.Errorf("%d cameras, want 1", n)
		}
	}
	if looks != 1 || front.opens != 1 {
		t.Errorf("looked %d times and opened it %d times, want once", looks, front.opens)
	}
	there, stamp = []driver.Driver{plug(front, "7"), plug(back, "8")}, "two"
	source, err := c.open("Eye 7", call.VideoFormat{})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	if n := len(c.list()); n != 2 {
		t.Errorf("%d cameras, want 2", n)
	}
	if front.opens != 2 || back.opens != 1 {
		t.Errorf("opened %d and %d times, want the camera in use left alone", front.opens, back.opens)
	}
	there, stamp = there[1:], "three"
	if got := c.list(); len(got) != 1 || got[0].Name != "Eye 8" {
		t.Errorf("after one went there is %v", got)
	}
}

func TestListLooksAgainForWhatMayPass(t *testing.T) {
	for err, again := range map[error]bool{syscall.EBUSY: true, syscall.EIO: true, syscall.EACCES: false, errors.New("Not a video capture device"): false} {
		f := &fakeCamera{openErr: err}
		d := plugged(t, f, driver.Info{Name: "Eye", Label: err.Error()})
		c := &collection{find: func() []driver.Driver { return []driver.Driver{d} }, stamp: steady}
		c.list()
		c.list()
		if got := f.opens == 2; got != again {
			t.Errorf("%v: tried %d times in two looks", err, f.opens)
		}
	}
}

// A caller may change what it was given.
func TestListGivesItsOwnCopy(t *testing.T) {
	c := desk(t)
	c.list()
	c.list()[0].Name = "changed"
	if name := c.list()[0].Name; name == "changed" {
		t.Error("a list changed another one")
	}
}

func TestOpenByAnyOfItsNames(t *testing.T) {
	for name, want := range map[string]string{
		call.DeviceDefault:        "Front",
		"Front":                   "Front",
		"Twin (video10)":          "Twin (video10)",
		"usb-twin-a-video-index0": "Twin (video2)",
		"video2":                  "Twin (video2)",
		"/dev/video10":            "Twin (video10)",
	} {
		source, err := desk(t).open(name, call.VideoFormat{})
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		if got := source.(*camera).name; got != want {
			t.Errorf("%q opened %q, want %q", name, got, want)
		}
		if err := source.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestOpenDefaultPassesByOneThatIsBusy(t *testing.T) {
	busy := plugged(t, &fakeCamera{openErr: syscall.EBUSY}, driver.Info{Name: "Busy;1", Label: "video0;video0"})
	free := plugged(t, &fakeCamera{offers: mjpeg, read: silent}, driver.Info{Name: "Free;2", Label: "video1;video1"})
	c := &collection{find: func() []driver.Driver { return []driver.Driver{free, busy} }, stamp: steady}
	source, err := c.open("", call.VideoFormat{})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	if name := source.(*camera).name; name != "Free" {
		t.Errorf("opened %q", name)
	}
	c.find = func() []driver.Driver { return []driver.Driver{busy} }
	if source, err := c.open("", call.VideoFormat{}); source != nil || !errors.Is(err, ErrBusy) {
		t.Errorf("got %v, %v; want ErrBusy", source, err)
	}
}

func TestOpenWhatIsNotThere(t *testing.T) {
	none := &collection{find: func() []driver.Driver { return nil }, stamp: steady}
	if _, err := none.open("", call.VideoFormat{}); !errors.Is(err, ErrNoCamera) || !strings.Contains(err.Error(), "pattern") {
		t.Errorf("without cameras: %v", err)
	}
	if _, err := desk(t).open("Back", call.VideoFormat{}); !errors.Is(err, ErrNoCamera) || !strings.Contains(err.Error(), `"Front"`) {
		t.Errorf("an unknown name: %v", err)
	}
}

func TestOpenPattern(t *testing.T) {
	for _, want := range []call.VideoFormat{{}, {Width: 640, Height: 360, FrameRate: 15}} {
		source, err := Open(call.DevicePattern, want)
		if err != nil {
			t.Fatal(err)
		}
		pic := &call.Picture{}
		if err := errors.Join(source.Read(pic), source.Close()); err != nil {
			t.Error(err)
		}
		if full := withDefaults(want); pic.Width() != full.Width || pic.Height() != full.Height {
			t.Errorf("%+v gave %dx%d", want, pic.Width(), pic.Height())
		}
	}
}

// The real drivers are asked, whatever machine this is: with no camera, with
// one, or without a display.
func TestListOnThisMachine(t *testing.T) {
	first, err := List()
	if err != nil {
		t.Fatal(err)
	}
	again, err := List()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(first, again) {
		t.Errorf("two looks differ: %v, then %v", first, again)
	}
	if !slices.ContainsFunc(first, func(d call.DeviceInfo) bool { return d.Kind == call.Camera }) {
		if _, err := Open("", call.VideoFormat{}); !errors.Is(err, ErrNoCamera) {
			t.Errorf("Open says %v, want ErrNoCamera", err)
		}
	}
}
