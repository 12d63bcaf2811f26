package call

import (
	"errors"
	"testing"
)

func TestParseCode(t *testing.T) {
	for in, want := range map[string]string{
		"7-acorn-zipper": "7-acorn-zipper", " 42 Acorn  ZIPPER ": "42-acorn-zipper", "parley:7-acorn-zipper": "7-acorn-zipper",
		"123456-zipper-acorn": "123456-zipper-acorn", "7-acorn-zipper@Meet.example": "7-acorn-zipper@meet.example", "7-acorn-acorn": "7-acorn-acorn",
		"": "", "7": "", "7-acorn": "", "7-acorn-zipper-acorn": "", "acorn-zipper-7": "", "1234567-acorn-zipper": "", "7-acorn-xylophone": "",
		"7-acorn-zipper@": "", "7-acorn-zipper@a b": "", "-acorn-zipper": "", "٧-acorn-zipper": "", "192.168.1.7": "",
	} {
		c, err := ParseCode(in)
		if want == "" {
			if !errors.Is(err, ErrBadAddress) {
				t.Errorf("%q: got %v, %v, want ErrBadAddress", in, c, err)
			}
			continue
		}
		if err != nil || c.String() != want {
			t.Errorf("%q: got %q, %v, want %q", in, c, err, want)
		}
	}
}

func TestLooksLikeCode(t *testing.T) {
	for in, want := range map[string]bool{
		"7-acorn-zipper": true, "7-acron-zipper": true, "7 acorn zipper@meet.example": true,
		"7-acorn": false, "ann": false, "192.168.1.7": false, "my-old-laptop": false, "7-acorn-zipper.local": false, "7-a-b:80": false,
	} {
		if got := LooksLikeCode(in); got != want {
			t.Errorf("%q: got %v", in, got)
		}
	}
}

// Each word is as likely as any other, and each code is drawn anew.
func TestNewCode(t *testing.T) {
	seen := map[string]int{}
	const drawn = 256 * 64
	for range drawn / 2 {
		c := NewCode()
		seen[c.Words[0]]++
		seen[c.Words[1]]++
	}
	for _, w := range Words {
		if n := seen[w]; n < 16 || n > 160 { // 64 are to be expected, with a deviation of 8
			t.Errorf("%q was drawn %d times of %d", w, n, drawn)
		}
	}
}

func FuzzParseCode(f *testing.F) {
	for _, s := range []string{"7-acorn-zipper", "42 acorn zipper@meet.example", "parley:7-acorn-zipper@localhost:80", "7--a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ParseCode(s)
		if err != nil {
			if !errors.Is(err, ErrBadAddress) {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		if !IsSlot(c.Number) || !LooksLikeCode(s) {
			t.Fatalf("%q gave %+v", s, c)
		}
		if again, err := ParseCode(c.String()); err != nil || again != c {
			t.Fatalf("%q is written %q, which is read %+v, %v", s, c, again, err)
		}
	})
}
