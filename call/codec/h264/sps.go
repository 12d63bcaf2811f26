package h264

import "fmt"

// maxBlocks bounds a picture in macroblocks, the frame size of level 5.1
// (4096x2304): a stranger's header must not reserve gigabytes.
const maxBlocks = 36864

// baseline is the profile whose pictures are shown in the order in which they
// are coded.
const baseline = 66

// readSPS reads a sequence parameter set (ITU-T H.264 clause 7.3.2.1.1) as far
// as the size of its pictures, and refuses one that is not to be decoded.
func readSPS(nal []byte) (profile uint32, err error) {
	r := bitReader{data: nal[1:]}
	profile = r.bits(8)
	r.bits(16) // constraints, level
	r.golomb() // id
	if highProfile(profile) {
		r.skipHighFields()
	}
	r.golomb() // log2_max_frame_num_minus4
	r.skipOrder()
	r.golomb() // max_num_ref_frames
	r.bits(1)  // gaps_in_frame_num_value_allowed_flag
	width, height := uint64(r.golomb())+1, uint64(r.golomb())+1
	if r.bits(1) == 0 { // frame_mbs_only_flag
		height *= 2
	}
	if r.over {
		return 0, fmt.Errorf("%w: sequence parameter set is cut off", ErrBroken)
	}
	if width > maxBlocks || height > maxBlocks || width*height > maxBlocks {
		return 0, fmt.Errorf("%w: picture of %dx%d is beyond level 5.1", ErrBroken, width*16, height*16)
	}
	return profile, nil
}

func highProfile(profile uint32) bool {
	switch profile {
	case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135:
		return true
	}
	return false
}

// skipHighFields passes what the High profiles put before the frame numbers.
func (r *bitReader) skipHighFields() {
	lists := 8
	if r.golomb() == 3 { // chroma_format_idc
		r.bits(1)
		lists = 12
	}
	r.golomb()
	r.golomb()
	r.bits(1)
	if r.bits(1) == 0 { // seq_scaling_matrix_present_flag
		return
	}
	for i := range lists {
		if r.bits(1) == 0 {
			continue
		}
		r.skipScaling(16 + 48*min(max(i-5, 0), 1))
	}
}

// skipScaling passes one scaling list (clause 7.3.2.1.1.1).
func (r *bitReader) skipScaling(size int) {
	last, next := int64(8), int64(8)
	for range size {
		if r.over {
			return
		}
		if next != 0 {
			next = (last + r.signedGolomb() + 256) & 0xff
		}
		if next != 0 {
			last = next
		}
	}
}

// skipOrder passes the picture order count fields.
func (r *bitReader) skipOrder() {
	switch r.golomb() {
	case 0:
		r.golomb()
	case 1:
		r.bits(1)
		r.golomb()
		r.golomb()
		for n := min(r.golomb(), 255); n > 0; n-- {
			r.golomb()
		}
	}
}
