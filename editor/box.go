package editor

import "fmt"

// box is a part of the frame, in pixels.
type box struct{ w, h int }

// share is one of n boxes of the same, even width beside each other.
func (b box) share(n int) box {
	if n < 2 {
		return b
	}
	return box{b.w / n / 2 * 2, b.h}
}

// tags name the colours of every frame that is encoded. The picture is
// converted to them by fit: one without the other shows false colours.
const tags = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"

// fit brings a picture of any size, shape and colour into the box: its shape
// kept, the rest black, square pixels, limited range, BT.709. Sizes are
// worked out for each frame, because a recorded call's picture changes size
// in mid-stream.
func (b box) fit(v *Stream, flags string) []string {
	var chain []string
	if v.Alpha {
		chain = append(chain, "format=gbrap", "premultiply=inplace=1", "format=gbrp")
	}
	size := fmt.Sprintf("scale=w='max(2,2*trunc(min(%d,%d*dar)/2+0.5))':h='max(2,2*trunc(min(%d,%d/dar)/2+0.5))':eval=frame:flags=%s",
		b.w, b.h, b.h, b.w, flags)
	if v.hdr() {
		chain = append(chain, size, "format=yuv420p10le",
			"zscale=t=linear:npl=100", "format=gbrpf32le", "zscale=p=bt709",
			"tonemap=tonemap=hable:desat=0", "zscale=t=bt709:m=bt709:r=tv")
	} else {
		chain = append(chain, size+":in_color_matrix="+v.matrix()+":out_color_matrix=bt709:out_range=tv")
	}
	return append(chain, "format=yuv420p", "setsar=1",
		fmt.Sprintf("pad=%d:%d:-1:-1:eval=frame", b.w, b.h), tags)
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
