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
