package rendezvous

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"parley/call"
	"parley/call/rendezvous"
	"parley/call/signal/signaltest"
)

// inTheMiddle is a server that is a round trip from each side, and how both
// reach it.
func inTheMiddle(t *testing.T, far *signaltest.Far, secured *tls.Config) (r *Room, told changes, d Dialer) {
	t.Helper()
	now, err := rendezvous.New(rendezvous.Config{Open: true})
	if err != nil {
		t.Fatal(err)
	}
	web := &http.Server{Handler: now.Handler(), TLSConfig: secured.Clone()}
	at := far.Listen("meet.example:443")
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = web.ServeTLS(at, "", "") // it ends with the test
	}()
	way := road{dial: far.Dial, tls: &tls.Config{InsecureSkipVerify: true}} // the test's own server
	told = make(changes, 64)
	r = NewRoom(RoomConfig{Origin: "https://meet.example", Log: quiet, open: way.openSocket, Notify: func(c call.DoorChange) { told <- c }})
	t.Cleanup(func() {
		r.Close()
		web.Close()
		now.Close()
		<-served
		time.Sleep(10 * far.OneWay) // virtual, for the good-byes
	})
	return r, told, Dialer{Origin: func() string { return "https://meet.example" }, open: way.openSocket}
}

// certificate is one that is good for any year.
func certificate() *tls.Config {
	s := httptest.NewTLSServer(http.NotFoundHandler())
	defer s.Close()
	return s.TLS
}

// What is said over a server takes half a round trip to it and half a one from
// it to the host, and so does the answer. Before that come TCP and TLS.
func TestSetUpLadderByLink(t *testing.T) {
	secured := certificate()
	signaltest.Ladder(t, 4, func(t *testing.T, far *signaltest.Far) signaltest.Method {
		r, told, d := inTheMiddle(t, far, secured)
		link := invite(t, r, "claim", nil)
		told.await(t, call.DoorOpened)
		return signaltest.Method{Dialer: d, Address: link.String(), Listener: r}
	})
}

// A code takes one more: the host's half of the key is at the server before, and
// is fetched with the request to join.
func TestSetUpLadderByCode(t *testing.T) {
	secured := certificate()
	signaltest.Ladder(t, 5, func(t *testing.T, far *signaltest.Far) signaltest.Method {
		r, told, d := inTheMiddle(t, far, secured)
		r.OpenCode()
		code := told.await(t, call.DoorOpened).Code
		return signaltest.Method{Dialer: d, Address: code.String(), Listener: r}
	})
}
