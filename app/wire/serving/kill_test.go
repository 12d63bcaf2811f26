package serving

import (
	"testing"
	"time"

	"parley/call"
	"parley/call/rendezvous/rendezvoustest"
)

// three starts three servers that are one, each a process of its own.
func three(t *testing.T) (all [3]*process, urls [3]string) {
	t.Helper()
	environment := natsVariable + "=" + rendezvoustest.NATS(t)
	for i := range all {
		all[i] = startProcess(t, environment)
		_, urls[i] = all[i].started(t)
	}
	return all, urls
}

// kill ends one as a machine ends that loses its power.
func kill(t *testing.T, p *process) {
	t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
}

// halfway is a call whose offer has come across, and no answer.
func halfway(t *testing.T, hostURL, guestURL string) (host, guest *rendezvoustest.Program, slot, session string) {
	t.Helper()
	host, slot = rendezvoustest.Room(t, hostURL, "mine")
	guest, session = rendezvoustest.Visitor(t, guestURL, slot, host)
	rendezvoustest.Relayed(t, guest, host, call.Hello, session, "aA")
	rendezvoustest.Relayed(t, guest, host, call.Offer, session, "bB")
	return host, guest, slot, session
}

// The host's server is killed in mid-handshake: the host comes to another one,
// the guest is told at once, and the call is set up.
func TestHostsServerIsKilled(t *testing.T) {
	servers, urls := three(t)
	host, guest, slot, _ := halfway(t, urls[0], urls[1])
	kill(t, servers[0])
	host.Ended()
	killed := time.Now()
	host, _ = rendezvoustest.Room(t, urls[2], "mine")
	guest.Hear(call.Left)
	rendezvoustest.SetUp(t, host, guest, guest.Join(slot, host))
	t.Logf("set up %v after the kill", time.Since(killed).Round(time.Millisecond))
}

// The guest's server is killed in mid-handshake: the guest comes to another one
// and the call is set up; the host is told of the first try in a moment.
func TestGuestsServerIsKilled(t *testing.T) {
	servers, urls := three(t)
	host, guest, slot, first := halfway(t, urls[0], urls[1])
	kill(t, servers[1])
	guest.Ended()
	killed := time.Now()
	guest, session := rendezvoustest.Visitor(t, urls[2], slot, host)
	rendezvoustest.SetUp(t, host, guest, session)
	t.Logf("set up %v after the kill", time.Since(killed).Round(time.Millisecond))
	if f := host.Hear(call.Left); f.Session != first {
		t.Fatalf("left %+v, want %s", f, first)
	}
	t.Logf("the host was told %v after the kill", time.Since(killed).Round(time.Millisecond))
}

// A server that neither has a side at is killed: nobody notices.
func TestAnotherServerIsKilled(t *testing.T) {
	servers, urls := three(t)
	host, guest, _, session := halfway(t, urls[0], urls[1])
	kill(t, servers[2])
	rendezvoustest.Relayed(t, host, guest, call.Hello, session, "cC")
	rendezvoustest.Relayed(t, host, guest, call.Answer, session, "eE")
	rendezvoustest.Relayed(t, guest, host, call.OK, session, "fF")
}
