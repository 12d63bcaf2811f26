package editor

// UnmarshalJSON reads a clip and keeps what it does not know.
func (c *Clip) UnmarshalJSON(data []byte) (err error) {
	type plain Clip
	c.Extra, err = decodeKeeping(data, (*plain)(c))
	return err
}

// MarshalJSON writes the clip with what was kept.
func (c Clip) MarshalJSON() ([]byte, error) {
	type plain Clip
	return encodeKeeping(plain(c), c.Extra)
}

// UnmarshalJSON reads an output and keeps what it does not know.
func (o *Output) UnmarshalJSON(data []byte) (err error) {
	type plain Output
	o.Extra, err = decodeKeeping(data, (*plain)(o))
	return err
}

// MarshalJSON writes the output with what was kept.
func (o Output) MarshalJSON() ([]byte, error) {
	type plain Output
	return encodeKeeping(plain(o), o.Extra)
}

// UnmarshalJSON reads a source and keeps what it does not know.
func (s *Source) UnmarshalJSON(data []byte) (err error) {
	type plain Source
	s.Extra, err = decodeKeeping(data, (*plain)(s))
	return err
}

// MarshalJSON writes the source with what was kept.
func (s Source) MarshalJSON() ([]byte, error) {
	type plain Source
	return encodeKeeping(plain(s), s.Extra)
}

// UnmarshalJSON reads a recording and keeps what it does not know.
func (r *Recording) UnmarshalJSON(data []byte) (err error) {
	type plain Recording
	r.Extra, err = decodeKeeping(data, (*plain)(r))
	return err
}

// MarshalJSON writes the recording with what was kept.
func (r Recording) MarshalJSON() ([]byte, error) {
	type plain Recording
	return encodeKeeping(plain(r), r.Extra)
}

// UnmarshalJSON reads a track and keeps what it does not know.
func (t *Track) UnmarshalJSON(data []byte) (err error) {
	type plain Track
	t.Extra, err = decodeKeeping(data, (*plain)(t))
	return err
}

// MarshalJSON writes the track with what was kept.
func (t Track) MarshalJSON() ([]byte, error) {
	type plain Track
	return encodeKeeping(plain(t), t.Extra)
}

// UnmarshalJSON reads a media and keeps what it does not know.
func (m *Media) UnmarshalJSON(data []byte) (err error) {
	type plain Media
	m.Extra, err = decodeKeeping(data, (*plain)(m))
	return err
}

// MarshalJSON writes the media with what was kept.
func (m Media) MarshalJSON() ([]byte, error) {
	type plain Media
	return encodeKeeping(plain(m), m.Extra)
}

// UnmarshalJSON reads a stream and keeps what it does not know.
func (s *Stream) UnmarshalJSON(data []byte) (err error) {
	type plain Stream
	s.Extra, err = decodeKeeping(data, (*plain)(s))
	return err
}

// MarshalJSON writes the stream with what was kept.
func (s Stream) MarshalJSON() ([]byte, error) {
	type plain Stream
	return encodeKeeping(plain(s), s.Extra)
}

// UnmarshalJSON reads a framing and keeps what it does not know.
func (f *Framing) UnmarshalJSON(data []byte) (err error) {
	type plain Framing
	f.Extra, err = decodeKeeping(data, (*plain)(f))
	return err
}

// MarshalJSON writes a framing with what was kept.
func (f Framing) MarshalJSON() ([]byte, error) {
	type plain Framing
	return encodeKeeping(plain(f), f.Extra)
}

// UnmarshalJSON reads a sound and keeps what it does not know.
func (s *Sound) UnmarshalJSON(data []byte) (err error) {
	type plain Sound
	s.Extra, err = decodeKeeping(data, (*plain)(s))
	return err
}

// MarshalJSON writes a sound with what was kept.
func (s Sound) MarshalJSON() ([]byte, error) {
	type plain Sound
	return encodeKeeping(plain(s), s.Extra)
}

// UnmarshalJSON reads a transition and keeps what it does not know.
func (t *Transition) UnmarshalJSON(data []byte) (err error) {
	type plain Transition
	t.Extra, err = decodeKeeping(data, (*plain)(t))
	return err
}

// MarshalJSON writes a transition with what was kept.
func (t Transition) MarshalJSON() ([]byte, error) {
	type plain Transition
	return encodeKeeping(plain(t), t.Extra)
}

// UnmarshalJSON reads a title and keeps what it does not know.
func (t *Title) UnmarshalJSON(data []byte) (err error) {
	type plain Title
	t.Extra, err = decodeKeeping(data, (*plain)(t))
	return err
}

// MarshalJSON writes a title with what was kept.
func (t Title) MarshalJSON() ([]byte, error) {
	type plain Title
	return encodeKeeping(plain(t), t.Extra)
}

// UnmarshalJSON reads a marker and keeps what it does not know.
func (m *Marker) UnmarshalJSON(data []byte) (err error) {
	type plain Marker
	m.Extra, err = decodeKeeping(data, (*plain)(m))
	return err
}

// MarshalJSON writes a marker with what was kept.
func (m Marker) MarshalJSON() ([]byte, error) {
	type plain Marker
	return encodeKeeping(plain(m), m.Extra)
}

// UnmarshalJSON reads captions and keeps what it does not know.
func (c *Captions) UnmarshalJSON(data []byte) (err error) {
	type plain Captions
	c.Extra, err = decodeKeeping(data, (*plain)(c))
	return err
}

// MarshalJSON writes captions with what was kept.
func (c Captions) MarshalJSON() ([]byte, error) {
	type plain Captions
	return encodeKeeping(plain(c), c.Extra)
}

// UnmarshalJSON reads a piece of music and keeps what it does not know.
func (m *Music) UnmarshalJSON(data []byte) (err error) {
	type plain Music
	m.Extra, err = decodeKeeping(data, (*plain)(m))
	return err
}

// MarshalJSON writes a piece of music with what was kept.
func (m Music) MarshalJSON() ([]byte, error) {
	type plain Music
	return encodeKeeping(plain(m), m.Extra)
}

// UnmarshalJSON reads a master and keeps what it does not know.
func (m *Master) UnmarshalJSON(data []byte) (err error) {
	type plain Master
	m.Extra, err = decodeKeeping(data, (*plain)(m))
	return err
}

// MarshalJSON writes a master with what was kept.
func (m Master) MarshalJSON() ([]byte, error) {
	type plain Master
	return encodeKeeping(plain(m), m.Extra)
}
