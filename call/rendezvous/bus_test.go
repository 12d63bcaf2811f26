package rendezvous_test

import (
	"testing"

	"parley/call/rendezvous"
	"parley/call/rendezvous/bustest"
)

func TestMemory(t *testing.T) {
	bustest.Run(t, func(*testing.T) (a, b rendezvous.Bus) {
		m := new(rendezvous.Memory)
		return m, m
	})
}
