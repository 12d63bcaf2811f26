package mix

// Sound can be read anywhere, by one goroutine at a time.
type Sound interface {
	// ReadSamples fills p with the pairs from position at on. Where there is
	// nothing, before the beginning or behind the end, there is silence.
	ReadSamples(p []float32, at int64) error
}

// Source is the sound of one part, opened.
type Source interface {
	Sound
	Close() error
}

// Opener opens a source. What it opens is closed by whoever called it.
type Opener func() (Source, error)

// Samples is a Source of samples in memory, pairs that begin at position 0.
type Samples []float32

// ReadSamples satisfies Source.
func (s Samples) ReadSamples(p []float32, at int64) error {
	clear(p)
	from, skip := 2*at, int64(0)
	if from < 0 {
		from, skip = 0, -from
	}
	if skip < int64(len(p)) && from < int64(len(s)) {
		copy(p[skip:], s[from:])
	}
	return nil
}

// Close satisfies Source.
func (s Samples) Close() error { return nil }
