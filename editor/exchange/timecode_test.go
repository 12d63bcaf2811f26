package exchange

import (
	"testing"

	"parley/editor"
)

func TestTimecode(t *testing.T) {
	ntsc, double := editor.Ratio{Num: 30000, Den: 1001}, editor.Ratio{Num: 60000, Den: 1001}
	tests := []struct {
		rate  editor.Ratio
		frame int64
		want  string
	}{
		{editor.Ratio{Num: 25, Den: 1}, 0, "00:00:00:00"},
		{editor.Ratio{Num: 25, Den: 1}, 90000 + 24, "01:00:00:24"},
		{editor.Ratio{Num: 24000, Den: 1001}, 24*60 + 1, "00:01:00:01"},
		{editor.Ratio{Num: 60, Den: 1}, 59, "00:00:00:59"},
		// SMPTE ST 12-1: numbers 0 and 1 do not exist in minute 1, and exist in minute 10.
		{ntsc, 1799, "00:00:59;29"},
		{ntsc, 1800, "00:01:00;02"},
		{ntsc, 1800 + 1797, "00:01:59;29"},
		{ntsc, 1800 + 1798, "00:02:00;02"},
		{ntsc, 17981, "00:09:59;29"},
		{ntsc, 17982, "00:10:00;00"},
		{ntsc, 107892, "01:00:00;00"},
		{double, 3599, "00:00:59;59"},
		{double, 3600, "00:01:00;04"},
		{double, 215784, "01:00:00;00"},
	}
	for _, tt := range tests {
		code := timecodeOf(tt.rate)
		if got := code.write(tt.frame); got != tt.want {
			t.Errorf("frame %d at %v is %s, want %s", tt.frame, tt.rate, got, tt.want)
		}
	}
	for _, rate := range editor.Rates() {
		code := timecodeOf(rate)
		for frame := int64(0); frame < 200000; frame += 7 {
			if again, ok := code.read(code.write(frame)); !ok || again != frame {
				t.Fatalf("frame %d at %v is written as %s and read as %d", frame, rate, code.write(frame), again)
			}
		}
	}
	for _, text := range []string{"", "1:2:3", "00:60:00:00", "00:00:60:00", "00:00:00:30", "-0:00:00:00", "00:00:00:0x", "100:00:00:00", "00:00:00:00:00"} {
		if frame, ok := timecodeOf(ntsc).read(text); ok {
			t.Errorf("%q is frame %d", text, frame)
		}
	}
}
