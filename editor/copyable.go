package editor

import "slices"

// Copyable says whether the stream's packets can stand in a film of this
// output as they are: H.264 as every player decodes it, of exactly its size
// and colours. Whether its pictures stand where the film's do, an Index tells.
func (s *Stream) Copyable(out Output) bool {
	return s.Kind == VideoStream && s.Codec == "h264" && slices.Contains(copiedProfiles, s.Profile) &&
		s.PixelFormat == "yuv420p" && !s.Interlaced && !s.VariableSize &&
		s.CodedWidth == out.Width && s.CodedHeight == out.Height &&
		s.SAR == Ratio{1, 1} && s.Rotation == 0 && s.filmColours()
}

// copiedProfiles are the profiles of 8 bit 4:2:0 that decoders of the High
// profile, which is that of everything that is encoded, decode too.
var copiedProfiles = []string{"Constrained Baseline", "Main", "High", "Constrained High", "Progressive High"}

// filmColours says whether the picture is what tags names, told or taken for
// granted by players.
func (s *Stream) filmColours() bool {
	known := func(tag string, good ...string) bool {
		return tag == "" || tag == "unknown" || slices.Contains(good, tag)
	}
	matrix := s.matrix() == "bt709" || s.ColorSpace == "bt709"
	return !s.FullRange && matrix && known(s.ColorPrimaries, "bt709") && known(s.ColorTransfer, "bt709", "smpte170m")
}
