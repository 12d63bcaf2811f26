package congestion

// Config is what a Controller is made of. Rates are in bit/s and, where not
// said otherwise, count everything that goes over the wire.
type Config struct {
	Min   int // the rate is never below it
	Start int // the rate until something is known of the path
	Max   int // the rate is never above it

	Audio         int // the most that the sound's encoder is to get
	AudioMin      int // the least that it works with
	AudioOverhead int // headers of the sound's packets
	VideoMin      int // a picture below this is not worth sending
}

// Defaults suit a call of two people with pictures of up to 1080p.
func Defaults() Config {
	return Config{
		Min: 30_000, Start: 500_000, Max: 5_000_000,
		Audio: 32_000, AudioMin: 8_000, AudioOverhead: 50 * Overhead * 8,
		VideoMin: 60_000,
	}
}

// Overhead is what the wire adds to an RTP payload of 20 ms of sound or a part
// of a picture, in bytes: IPv4, UDP, RTP with the transport-wide sequence
// number, and SRTP's tag.
const Overhead = 20 + 8 + 12 + 8 + 10

// reserve is what sound takes of the wire when there is enough.
func (c Config) reserve() float64 { return float64(c.Audio + c.AudioOverhead) }

// slowest is the rate of sound and the least picture.
func (c Config) slowest() float64 { return c.reserve() + 1.1*float64(c.VideoMin) }

func (c Config) clamp(rate float64) float64 {
	return min(max(rate, float64(c.Min)), float64(c.Max))
}
