// Package settings keeps what a person chose from one start to the next, in
// one JSON file. Fyne's own preferences are not used, since they are rewritten
// in place and a crash can lose them. The package owns no goroutine.
package settings

import "parley/call"

// Version is the version of the file's form that this program writes.
const Version = 1

// Settings are a person's choices. The zero value of a field is its default.
type Settings struct {
	Version int `json:"version"`

	Name       string `json:"name,omitempty"`       // shown to those one calls; "" is the system's user name
	Recordings string `json:"recordings,omitempty"` // folder; "" is the data folder's
	Theme      string `json:"theme,omitempty"`      // "" follows the system; else a name of package look
	Language   string `json:"language,omitempty"`   // BCP 47; "" follows the system

	// Devices by name, as call.Devices takes them; Default where unset.
	Camera     *string `json:"camera,omitempty"`
	Microphone *string `json:"microphone,omitempty"`
	Speaker    *string `json:"speaker,omitempty"`

	// What is done to the microphone's sound, each on unless switched off.
	EchoOff  bool `json:"echo_cancellation_off,omitempty"`
	NoiseOff bool `json:"noise_suppression_off,omitempty"`
	GainOff  bool `json:"gain_control_off,omitempty"`

	Width     int     `json:"width,omitempty"` // of the camera's picture, in pixels
	Height    int     `json:"height,omitempty"`
	FrameRate float64 `json:"frame_rate,omitempty"` // pictures a second

	Port    int    `json:"port,omitempty"`         // TCP and UDP; 0 is the default
	Servers string `json:"servers,omitempty"`      // see ParseServers; "" needs none
	Address string `json:"last_address,omitempty"` // dialled last

	// The rendezvous that links and spoken codes are for; "" is none.
	Rendezvous    string `json:"rendezvous,omitempty"`     // see call.ParseOrigin
	RendezvousKey string `json:"rendezvous_key,omitempty"` // invitation key of a space there; "" needs none

	Stats bool `json:"show_stats,omitempty"`

	DoNotDisturb bool `json:"do_not_disturb,omitempty"` // calls do not ring, and are missed ones
	NearbyOff    bool `json:"nearby_off,omitempty"`     // neither be seen on this network, nor look for others

	// FilmVolume is how loud films are played while they are edited, 0 to 1.
	FilmVolume *float64 `json:"film_volume,omitempty"`

	CacheGB int `json:"cache_gb,omitempty"` // of rendered parts of films that are kept; 0 is DefaultCacheGB

	StayInTray bool `json:"stay_in_tray,omitempty"` // closing the window does not end the program

	WindowWidth  float32 `json:"window_width,omitempty"` // in Fyne's units
	WindowHeight float32 `json:"window_height,omitempty"`
}

// Format is the picture that is asked of a camera: 1280x720 at 30 a second
// unless chosen otherwise.
func (s Settings) Format() call.VideoFormat {
	f := call.VideoFormat{Width: 1280, Height: 720, FrameRate: 30}
	if s.Width > 0 && s.Height > 0 {
		f.Width, f.Height = s.Width, s.Height
	}
	if s.FrameRate > 0 {
		f.FrameRate = s.FrameRate
	}
	return f
}

// Volume is how loud films are played: as loud as they are unless chosen
// otherwise.
func (s Settings) Volume() float64 {
	if s.FilmVolume == nil || !(*s.FilmVolume >= 0 && *s.FilmVolume <= 1) {
		return 1
	}
	return *s.FilmVolume
}

// DefaultCacheGB is how many gigabytes of rendered parts of films are kept
// unless chosen otherwise.
const DefaultCacheGB = 4

// CacheLimit is how many bytes of rendered parts of films are kept.
func (s Settings) CacheLimit() int64 {
	n := s.CacheGB
	if n <= 0 {
		n = DefaultCacheGB
	}
	return int64(n) << 30
}

// Voice is what is done to the microphone's sound before it is sent.
func (s Settings) Voice() call.VoiceConfig {
	return call.VoiceConfig{Echo: !s.EchoOff, Noise: !s.NoiseOff, Gain: !s.GainOff}
}
