package rendezvous

import (
	"time"

	"parley/call"
)

// Limits bound what one connection, one address and all of them may take. A
// field that is zero has its default.
type Limits struct {
	Frame int // bytes of one frame

	// One connection's frames: so many a second, and so many at once.
	Rate, Burst         int
	ByteRate, ByteBurst int

	SlotsPerConnection    int
	SlotsPerAddress       int
	GuestsPerSlot         int // who knock at once
	ConnectionsPerAddress int
	Connections           int

	// Joins bounds how many slots an address tries and how many numbers it asks
	// for: so many a minute, and as many at once. It is what stops one from using
	// up other people's codes, or all numbers.
	Joins int

	Queue   int           // bytes that wait to be read by one connection
	Backlog int           // and by all of them; beyond it, who lets much wait is cut off
	Silence time.Duration // until a connection says what it wants
	Ping    time.Duration // between two signs of life
	Write   time.Duration // for one frame
}

// Defaults are for a machine with one or two cores.
func (l Limits) withDefaults() Limits {
	for _, d := range []struct {
		field *int
		value int
	}{
		{&l.Frame, call.MaxFrame},
		{&l.Rate, 50}, {&l.Burst, 300},
		{&l.ByteRate, 256 << 10}, {&l.ByteBurst, 2 << 20},
		{&l.SlotsPerConnection, 64}, {&l.SlotsPerAddress, 256}, {&l.GuestsPerSlot, 32},
		{&l.ConnectionsPerAddress, 64}, {&l.Connections, 20_000},
		{&l.Joins, 60},
		{&l.Queue, 1 << 20}, {&l.Backlog, 256 << 20},
	} {
		if *d.field == 0 {
			*d.field = d.value
		}
	}
	for _, d := range []struct {
		field *time.Duration
		value time.Duration
	}{{&l.Silence, 10 * time.Second}, {&l.Ping, 25 * time.Second}, {&l.Write, 10 * time.Second}} {
		if *d.field == 0 {
			*d.field = d.value
		}
	}
	return l
}
