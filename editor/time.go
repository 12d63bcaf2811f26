package editor

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"strconv"
	"strings"
	"time"
)

// Time is a rational number of seconds. The zero Time is time zero, never
// "unset". Values are kept in lowest terms, so == compares them.
type Time struct{ num, den1 int64 } // den1 is the denominator less one, so that the zero value is 0/1

// ErrTime is what a text that is no time is answered with.
var ErrTime = errors.New("not a time")

// Rational returns num/den seconds; den must not be 0. A value outside what
// 64 bits hold is rounded to the nearest microsecond.
func Rational(num, den int64) Time {
	if den < 0 {
		num, den = -num, -den
	}
	if g := gcd(abs(num), den); g > 1 {
		num, den = num/g, den/g
	}
	return Time{num, den - 1}
}

// Seconds returns the time nearest to s, to the microsecond; what does not fit
// saturates.
func Seconds(s float64) Time { return Rational(saturated(math.Round(s*1e6)), 1e6) }

// saturated is f as a whole number, or the furthest that there is: what Go makes
// of one that does not fit differs from machine to machine, and may have the
// other sign.
func saturated(f float64) int64 {
	const most = 1 << 62
	return int64(max(-most, min(f, most)))
}

// Frames returns the time at which frame n of the rate begins.
func Frames(n int64, rate Ratio) Time {
	return mulDiv(n, rate.Den, rate.Num)
}

// Num and Den are the time's parts in lowest terms.
func (t Time) Num() int64 { return t.num }

// Den is the denominator, at least 1.
func (t Time) Den() int64 { return t.den1 + 1 }

// Float is the time in seconds.
func (t Time) Float() float64 { return float64(t.num) / float64(t.Den()) }

// Duration is the time rounded to the nanosecond.
func (t Time) Duration() time.Duration { return time.Duration(t.floorMul(1e9, 1, true)) }

// Add returns t+u.
func (t Time) Add(u Time) Time { return combine(t, u, 1) }

// Sub returns t-u.
func (t Time) Sub(u Time) Time { return combine(t, u, -1) }

// Mul returns t*r; r has to be known.
func (t Time) Mul(r Ratio) Time {
	a, ok1 := mul(t.num, r.Num)
	b, ok2 := mul(t.Den(), r.Den)
	if !ok1 || !ok2 || a == math.MinInt64 {
		return Seconds(t.Float() * r.Float())
	}
	return Rational(a, b)
}

// Div returns t/r; r has to be known.
func (t Time) Div(r Ratio) Time { return t.Mul(Ratio{r.Den, r.Num}) }

// Cmp is negative, zero or positive as t is before, at or after u.
func (t Time) Cmp(u Time) int {
	d := t.Sub(u)
	switch {
	case d.num < 0:
		return -1
	case d.num > 0:
		return 1
	}
	return 0
}

// Equal is ==, under the name that comparing libraries look for.
func (t Time) Equal(u Time) bool { return t == u }

// Max is the later of the two.
func (t Time) Max(u Time) Time {
	if t.Cmp(u) >= 0 {
		return t
	}
	return u
}

// Min is the earlier of the two.
func (t Time) Min(u Time) Time {
	if t.Cmp(u) <= 0 {
		return t
	}
	return u
}

// FrameFloor is the number of the frame that stands at t.
func (t Time) FrameFloor(rate Ratio) int64 { return t.floorMul(rate.Num, rate.Den, false) }

// FrameRound is the number of the frame whose beginning is nearest to t.
func (t Time) FrameRound(rate Ratio) int64 { return t.floorMul(rate.Num, rate.Den, true) }

// SamplesRound is the number of the nearest sample at a rate in Hz.
func (t Time) SamplesRound(hz int) int64 { return t.floorMul(int64(hz), 1, true) }

// String is the time in seconds with up to six decimals.
func (t Time) String() string {
	return strconv.FormatFloat(math.Round(t.Float()*1e6)/1e6, 'f', -1, 64)
}

// MarshalJSON writes the time as a text "num/den", which loses nothing.
func (t Time) MarshalJSON() ([]byte, error) {
	return json.Marshal(fmt.Sprintf("%d/%d", t.num, t.Den()))
}

// UnmarshalJSON reads what MarshalJSON writes, or a plain number of seconds.
func (t *Time) UnmarshalJSON(data []byte) error {
	text := string(data)
	if len(data) > 0 && data[0] == '"' {
		if err := json.Unmarshal(data, &text); err != nil {
			return err
		}
	}
	parsed, err := ParseTime(text)
	if err != nil {
		return err
	}
	*t = parsed
	return nil
}

// ParseTime reads "num/den", "seconds.decimals", "mm:ss.d" or "hh:mm:ss.d".
func ParseTime(text string) (Time, error) {
	bad := fmt.Errorf("%w: %q", ErrTime, text)
	if n, d, ok := strings.Cut(text, "/"); ok {
		num, err1 := strconv.ParseInt(n, 10, 64)
		den, err2 := strconv.ParseInt(d, 10, 64)
		if err1 != nil || err2 != nil || den <= 0 || num == math.MinInt64 {
			return Time{}, bad
		}
		return Rational(num, den), nil
	}
	var sum float64
	text, below := strings.CutPrefix(text, "-")
	parts := strings.Split(text, ":")
	if len(parts) > 3 {
		return Time{}, bad
	}
	for i, part := range parts {
		v, err := strconv.ParseFloat(part, 64)
		if err != nil || math.IsNaN(v) || v < 0 || i > 0 && v >= 60 {
			return Time{}, bad
		}
		sum = sum*60 + v
	}
	if sum > 1e9 {
		return Time{}, bad
	}
	if below {
		sum = -sum
	}
	return Seconds(sum), nil
}

// floorMul is floor(t*num/den), or the nearest whole number where round is
// set, in 128 bits; what does not fit saturates.
func (t Time) floorMul(num, den int64, round bool) int64 {
	neg := t.num < 0
	hi, lo := bits.Mul64(uint64(abs(t.num)), uint64(num))
	dhi, d := bits.Mul64(uint64(t.Den()), uint64(den))
	if dhi != 0 || hi >= d {
		f := t.Float() * float64(num) / float64(den)
		if round {
			return saturated(math.Round(f))
		}
		return saturated(math.Floor(f))
	}
	q, r := bits.Div64(hi, lo, d)
	switch {
	case round && r >= d-d/2:
		q++
	case !round && neg && r > 0:
		q++
	}
	if q > math.MaxInt64 {
		q = math.MaxInt64
	}
	if neg {
		return -int64(q)
	}
	return int64(q)
}

func mulDiv(n, a, b int64) Time {
	hi, lo := bits.Mul64(uint64(abs(n)), uint64(a))
	if hi == 0 && lo <= math.MaxInt64 {
		v := int64(lo)
		if n < 0 {
			v = -v
		}
		return Rational(v, b)
	}
	return Seconds(float64(n) * float64(a) / float64(b))
}

func combine(t, u Time, sign int64) Time {
	a, b := t.Den(), u.Den()
	g := gcd(a, b)
	x, ok1 := mul(t.num, b/g)
	y, ok2 := mul(u.num, a/g)
	den, ok3 := mul(a, b/g)
	if !ok1 || !ok2 || !ok3 || abs(x) > math.MaxInt64/2 || abs(y) > math.MaxInt64/2 {
		return Seconds(t.Float() + float64(sign)*u.Float())
	}
	return Rational(x+sign*y, den)
}

func mul(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(uint64(abs(a)), uint64(abs(b)))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(lo), true
	}
	return int64(lo), true
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func abs(a int64) int64 {
	if a < 0 {
		return -a
	}
	return a
}
