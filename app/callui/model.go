package callui

import (
	"time"

	"parley/app/callui/roster"
	"parley/call"
)

// Screen is what the call screen looks like as a whole.
type Screen int

// The screens.
const (
	Ready    Screen = iota // no call: oneself, devices, whom to call
	Calling                // this side calls and waits
	Incoming               // somebody calls; their picture is hidden
	InCall                 // accepted: connecting, connected or trying to be again
)

// Model is everything that the call screen shows. It is a value; slices in it
// are never changed after it was published.
type Model struct {
	Screen    Screen
	Who       string // the other side's name
	Where     string // their address; "" where it says nothing more
	Status    Text   // what is going on, in a few words
	Connected bool   // the picture of the other side is to be seen
	// Reconnecting: it was connected and nothing arrives at the moment.
	Reconnecting bool
	Loopback     bool
	Elapsed      time.Duration // since the call was connected, whole seconds

	Camera, Microphone, Speaker Picker
	Share                       Picker // the screen beside the camera
	TheirScreen                 bool   // their screen is to be seen, their camera beside it
	MirrorOwn                   bool   // a person knows their own face mirrored
	Mine                        []string

	Muted     bool
	CameraOff bool
	Recording Recording
	Kept      string // folder of the newest recording, until the next call
	ShowStats bool
	Stats     Figures
	Notice    Notice
	Address   string // to begin with in the address entry

	People []roster.Person // whom one may call
	Invite Invite
	Way    Text // by which they came, or are reached
	Trust  Trust
	Chat   Chat
	Theirs Theirs
	Blocks bool // callers can be blocked
}

// Picker is one list of devices to choose from.
type Picker struct {
	Options []Option
	Chosen  string // an option's Name
	Busy    bool   // being opened
}

// Option is one device to choose.
type Option struct {
	Name  string // as call.Devices takes it
	Label Text   // where something else than Name is shown
	// Screen: it shows what is on this computer's screen.
	Screen bool
}

// Recording is how far a recording is.
type Recording struct {
	On      bool
	Busy    bool          // being started or finished
	Elapsed time.Duration // whole seconds
}

// Notice is one sentence in the bar at the bottom.
type Notice struct {
	Text   Text
	More   Text // said after it
	Kind   NoticeKind
	Action Action
}

// NoticeKind says how serious a notice is.
type NoticeKind int

// The kinds of notice.
const (
	Info NoticeKind = iota
	Warning
	Failure
)

// Action is the one next step that a notice offers as a button.
type Action int

// The actions.
const (
	NoAction Action = iota
	UsePattern
	OpenRecording
)

// screenOf maps where a session stands to what is shown.
func screenOf(e call.Event) Screen {
	switch e.State {
	case call.Dialing:
		return Calling
	case call.Ringing:
		if e.Incoming {
			return Incoming
		}
		return Calling
	case call.Connecting:
		if e.Incoming {
			return InCall
		}
		return Calling
	case call.Connected, call.Reconnecting:
		return InCall
	}
	return Ready
}
