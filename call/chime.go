package call

import (
	"math"
	"sync/atomic"
	"time"
)

// chime mixes short soft sounds into what is played: two notes, falling where
// the connection is lost, rising where it is back. start may be called from
// anywhere; mix is the sound device's.
type chime struct {
	next atomic.Pointer[[2]float64]

	notes *[2]float64 // in Hz; nil: silence
	at    int         // samples of it that were played
}

var (
	chimeLost = [2]float64{587.33, 440}
	chimeBack = [2]float64{440, 587.33}
)

const (
	noteLasts  = 140 * time.Millisecond
	noteLength = int(noteLasts * SampleRate / time.Second)
	chimeLoud  = 0.09 // of full scale: soft beside speech
)

// start plays notes once, from the next block on, in place of any before.
func (c *chime) start(notes *[2]float64) { c.next.Store(notes) }

// mix adds what is due to a block.
func (c *chime) mix(block []int16) {
	if next := c.next.Swap(nil); next != nil {
		c.notes, c.at = next, 0
	}
	if c.notes == nil {
		return
	}
	for i := range block {
		if c.at == 2*noteLength {
			c.notes = nil
			return
		}
		block[i] = saturate(float64(block[i]) + c.sample())
		c.at++
	}
}

// sample is the one at c.at. Each note swells and fades, so that nothing
// clicks.
func (c *chime) sample() float64 {
	note, at := c.at/noteLength, c.at%noteLength
	swell := math.Sin(math.Pi * float64(at) / float64(noteLength))
	return math.MaxInt16 * chimeLoud * swell * swell *
		math.Sin(2*math.Pi*c.notes[note]*float64(at)/SampleRate)
}

func saturate(v float64) int16 {
	return int16(min(max(v, math.MinInt16), math.MaxInt16))
}

// Announce has m ring while a call of p rings, and sound once when a call loses
// its connection and once when that is back.
func Announce(p *Phone, m *Media) (stop func()) {
	lost := false
	return p.Watch(func(e Event) {
		m.sound.ring.play(tuneOf(e))
		switch {
		case e.State == Reconnecting && !lost:
			m.sound.chime.start(&chimeLost)
		case e.State == Connected && lost:
			m.sound.chime.start(&chimeBack)
		}
		lost = e.State == Reconnecting
	})
}
