package record

// sequence is what a recording needs of an H.264 sequence parameter set
// (ITU-T H.264 section 7.3.2.1).
type sequence struct {
	profile, compat, level uint8
	chroma                 uint32 // chroma_format_idc
	lumaDepth, chromaDepth uint32 // bits over 8
	width, height          int    // as shown, after cropping
}

// maxSide is the largest picture side that is believed, in pixels.
const maxSide = 16384

// parseSPS reads a NAL unit of type 7, header byte included. It takes any bytes.
func parseSPS(nal []byte) (s sequence, ok bool) {
	if len(nal) < 4 || nal[0]&0x1f != nalSPS {
		return s, false
	}
	r := &bitReader{b: unescape(nal[1:])}
	s.profile, s.compat, s.level = uint8(r.bits(8)), uint8(r.bits(8)), uint8(r.bits(8))
	r.ue() // seq_parameter_set_id
	s.chroma = 1
	separate := false
	if s.high() {
		separate = parseHigh(r, &s)
	}
	r.ue() // log2_max_frame_num_minus4
	skipOrder(r)
	r.ue()  // max_num_ref_frames
	r.bit() // gaps_in_frame_num_value_allowed_flag
	s.parseSize(r, separate)
	ok = !r.over && s.chroma <= 3 && s.width > 0 && s.height > 0 && s.width <= maxSide && s.height <= maxSide
	return s, ok
}

// high says whether the profile has the fields of the High ones.
func (s sequence) high() bool {
	switch s.profile {
	case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135:
		return true
	}
	return false
}

func parseHigh(r *bitReader, s *sequence) (separate bool) {
	if s.chroma = r.ue(); s.chroma == 3 {
		separate = r.bit() == 1
	}
	s.lumaDepth, s.chromaDepth = r.ue(), r.ue()
	r.bit() // qpprime_y_zero_transform_bypass_flag
	if r.bit() == 0 {
		return separate
	}
	lists := 8
	if s.chroma == 3 {
		lists = 12
	}
	for i := range lists {
		if r.bit() == 1 {
			skipScaling(r, i)
		}
	}
	return separate
}

// skipScaling reads past a scaling list (section 7.3.2.1.1.1).
func skipScaling(r *bitReader, list int) {
	size := 16
	if list >= 6 {
		size = 64
	}
	last, next := int32(8), int32(8)
	for range size {
		if next != 0 {
			next = (last + r.se() + 256) % 256
		}
		if next != 0 {
			last = next
		}
	}
}

// skipOrder reads past the picture order count.
func skipOrder(r *bitReader) {
	switch r.ue() {
	case 0:
		r.ue()
	case 1:
		r.bit()
		r.se()
		r.se()
		for n := r.ue(); n > 0 && !r.over; n-- {
			r.se()
		}
	}
}

func (s *sequence) parseSize(r *bitReader, separate bool) {
	const most = maxSide / 16
	columns, rows := min(r.ue(), most)+1, min(r.ue(), most)+1
	fields := uint32(2)
	if r.bit() == 1 { // frame_mbs_only_flag
		fields = 1
	} else {
		r.bit()
	}
	r.bit() // direct_8x8_inference_flag
	s.width, s.height = int(columns)*16, int(rows*fields)*16
	if r.bit() == 0 { // frame_cropping_flag
		return
	}
	unitX, unitY := 1, int(fields)
	if !separate && (s.chroma == 1 || s.chroma == 2) {
		unitX = 2
	}
	if !separate && s.chroma == 1 {
		unitY *= 2
	}
	crop := func() int { return int(min(r.ue(), maxSide)) }
	s.width -= unitX * (crop() + crop())
	s.height -= unitY * (crop() + crop())
}

// unescape takes the emulation prevention bytes out of a NAL unit (section 7.4.1).
func unescape(b []byte) []byte {
	out := make([]byte, 0, len(b))
	zeros := 0
	for _, c := range b {
		if zeros >= 2 && c == 3 {
			zeros = 0
			continue
		}
		if zeros++; c != 0 {
			zeros = 0
		}
		out = append(out, c)
	}
	return out
}
