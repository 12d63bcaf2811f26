package editor

import "testing"

func TestCopyable(t *testing.T) {
	out := Output{Width: 1280, Height: 720, Rate: Ratio{30, 1}, SampleRate: 48000}
	tests := []struct {
		name string
		edit func(*Stream)
		want bool
	}{
		{"undeclared colours of a large picture", func(*Stream) {}, true},
		{"declared colours", func(s *Stream) {
			s.ColorSpace, s.ColorPrimaries, s.ColorTransfer = "bt709", "bt709", "bt709"
		}, true},
		{"another matrix", func(s *Stream) { s.ColorSpace = "smpte170m" }, false},
		{"other primaries", func(s *Stream) { s.ColorPrimaries = "bt2020" }, false},
		{"screen transfer", func(s *Stream) { s.ColorTransfer = "iec61966-2-1" }, false},
		{"full range", func(s *Stream) { s.FullRange = true }, false},
		{"turned", func(s *Stream) { s.Rotation = 180 }, false},
		{"pixels that are not square", func(s *Stream) { s.SAR = Ratio{4, 3} }, false},
		{"interlaced", func(s *Stream) { s.Interlaced = true }, false},
		{"changing size", func(s *Stream) { s.VariableSize = true }, false},
		{"another size", func(s *Stream) { s.CodedHeight = 718 }, false},
		{"another codec", func(s *Stream) { s.Codec = "hevc" }, false},
		{"ten bits", func(s *Stream) { s.PixelFormat, s.Profile = "yuv420p10le", "High 10" }, false},
		{"a profile that few decode", func(s *Stream) { s.Profile = "High 4:4:4 Predictive" }, false},
		{"baseline", func(s *Stream) { s.Profile = "Constrained Baseline" }, true},
	}
	for _, tt := range tests {
		s := picture(1280, 720, Ratio{30, 1})
		s.CodedWidth, s.CodedHeight, s.Profile, s.PixelFormat = 1280, 720, "High", "yuv420p"
		tt.edit(&s)
		if got := s.Copyable(out); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
	small := picture(640, 360, Ratio{30, 1})
	small.CodedWidth, small.CodedHeight, small.Profile, small.PixelFormat = 640, 360, "High", "yuv420p"
	if small.Copyable(Output{Width: 640, Height: 360}) {
		t.Error("a small picture that declares no colours counts as BT.709")
	}
}
