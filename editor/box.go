package editor

import "fmt"

// box is a part of the frame, in pixels.
type box struct{ w, h int }

func (b box) size() string { return fmt.Sprintf("%dx%d", b.w, b.h) }

// tags name the colours of every frame that is encoded. The picture is
// converted to them by fit: one without the other shows false colours.
const tags = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"

// inside brings a picture of any size, shape and colour to the largest size
// that fits into the box: its shape kept, square pixels, limited range,
// BT.709. Sizes are worked out for each frame, because a recorded call's
// picture changes size in mid-stream.
func (b box) inside(v *Stream, flags string) []string {
	return b.convert(v, flags, "w='max(2,2*trunc(min(%[1]d,%[2]d*dar)/2+0.5))':h='max(2,2*trunc(min(%[2]d,%[1]d/dar)/2+0.5))':eval=frame")
}

// cover is as inside, but the smallest size that fills the box.
func (b box) cover(v *Stream, flags string) []string {
	return b.convert(v, flags, coverSize)
}

const coverSize = "w='max(%[1]d,2*trunc(%[2]d*dar/2+0.5))':h='max(%[2]d,2*trunc(%[1]d/dar/2+0.5))':eval=frame"

// coverPlain is cover for a picture that has been converted.
func (b box) coverPlain() []string {
	return []string{"scale=" + fmt.Sprintf(coverSize, b.w, b.h) + ":flags=bilinear", "setsar=1"}
}

// stretch brings a picture to exactly the box's size.
func (b box) stretch(v *Stream, flags string) []string {
	return b.convert(v, flags, "w=%[1]d:h=%[2]d:eval=frame")
}

// pad lays black beside a picture that fits inside; cut takes off what sticks
// out of one that covers.
func (b box) pad() string { return fmt.Sprintf("pad=%d:%d:-1:-1:eval=frame", b.w, b.h) }
func (b box) cut() string { return fmt.Sprintf("crop=%d:%d", b.w, b.h) }

// convert scales as the size says, and converts the colours.
func (b box) convert(v *Stream, flags, size string) []string {
	var chain []string
	if v.Alpha {
		chain = append(chain, "format=gbrap", "premultiply=inplace=1", "format=gbrp")
	}
	scale := "scale=" + fmt.Sprintf(size, b.w, b.h) + ":flags=" + flags
	if v.hdr() {
		chain = append(chain, scale, "format=yuv420p10le",
			"zscale=t=linear:npl=100", "format=gbrpf32le", "zscale=p=bt709",
			"tonemap=tonemap=hable:desat=0", "zscale=t=bt709:m=bt709:r=tv")
	} else {
		chain = append(chain, scale+":in_color_matrix="+v.matrix()+":out_color_matrix=bt709:out_range=tv")
	}
	return append(chain, "format=yuv420p", "setsar=1")
}

// hdr says whether the picture's brightness has to be mapped down.
func (s *Stream) hdr() bool {
	return s.ColorTransfer == "smpte2084" || s.ColorTransfer == "arib-std-b67"
}

// matrix is the matrix to read the picture with. Where it is not declared,
// players take the size for a hint and so does this; RGB has none.
func (s *Stream) matrix() string {
	switch {
	case s.ColorSpace != "" && s.ColorSpace != "unknown" && s.ColorSpace != "reserved":
		return "auto"
	case s.Height >= 720 || s.Width >= 1280:
		return "bt709"
	}
	return "bt601"
}
