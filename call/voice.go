package call

// VoiceConfig says what is done to the microphone's sound before it is sent.
// A recording keeps the microphone as it is, whatever is chosen here.
type VoiceConfig struct {
	Echo  bool // take out what the speaker plays
	Noise bool // take out steady noise: fans, hum
	Gain  bool // bring speech to an even loudness
}

// WholeVoice switches everything on, which suits speakers on a desk.
func WholeVoice() VoiceConfig { return VoiceConfig{Echo: true, Noise: true, Gain: true} }

// VoiceProcessor cleans what the microphone hears. Heard and Played are called
// in turn from the sound device's callback, once each a block: neither
// allocates or waits for anything longer than a block takes.
type VoiceProcessor interface {
	// Heard cleans BlockSamples from the microphone in place.
	Heard(block []int16)
	// Played takes BlockSamples that the speaker is given, after the Heard of
	// the same callback, and leaves them as they are.
	Played(block []int16)
	// Configure switches parts on and off, from any goroutine.
	Configure(VoiceConfig) error
	// Close lets go of memory; Heard leaves its block alone from then on. It is
	// idempotent.
	Close() error
}
