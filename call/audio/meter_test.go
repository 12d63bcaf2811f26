package audio

import (
	"math"
	"testing"

	"parley/call"
)

func TestMeter(t *testing.T) {
	for _, c := range []struct {
		name   string
		peak   int
		blocks int
		want   Level
	}{
		{"full scale", math.MaxInt16, 200, Level{Peak: 0, RMS: -3, Clipped: true}},
		{"half", math.MaxInt16 / 2, 200, Level{Peak: -6, RMS: -9}},
		{"a tenth", math.MaxInt16 / 10, 400, Level{Peak: -20, RMS: -23}},
		{"nothing for a second", 0, 100, Level{Peak: Floor, RMS: Floor}},
		{"nothing for long", 0, 400, Level{Peak: Floor, RMS: Floor, Silent: true}},
	} {
		var m Meter
		for range c.blocks {
			m.Add(sine(c.peak))
		}
		got := m.Level()
		if math.Abs(got.Peak-c.want.Peak) > 0.1 || math.Abs(got.RMS-c.want.RMS) > 0.2 ||
			got.Clipped != c.want.Clipped || got.Silent != c.want.Silent {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func sine(peak int) []int16 {
	block := make([]int16, call.BlockSamples)
	for i := range block {
		block[i] = int16(math.Round(float64(peak) * math.Sin(2*math.Pi*float64(i)/48)))
	}
	return block
}

func TestMeterForgets(t *testing.T) {
	var m Meter
	m.Add(sine(math.MaxInt16))
	for range 50 {
		m.Add(sine(100))
	}
	if l := m.Level(); !l.Clipped || l.Peak > -40 || l.Silent {
		t.Errorf("half a second after a bang: %+v", l)
	}
	for range 50 {
		m.Add(sine(100))
	}
	if m.Level().Clipped {
		t.Error("clipped for more than a second")
	}
}

func TestMeterTakesTheLeastSample(t *testing.T) {
	var m Meter
	m.Add([]int16{math.MinInt16})
	if l := m.Level(); l.Peak != 0 || !l.Clipped {
		t.Errorf("%+v", l)
	}
	m.Add(nil)
}

func BenchmarkMeter(b *testing.B) {
	b.ReportAllocs()
	var m Meter
	block := sine(1000)
	for b.Loop() {
		m.Add(block)
	}
}
