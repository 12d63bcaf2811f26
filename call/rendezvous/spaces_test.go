package rendezvous

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"parley/call"
	"parley/call/rendezvous/rendezvoustest"
)

// book is Spaces by hand.
type book struct {
	mu  sync.Mutex
	all map[string]Space // by invitation key
}

func (b *book) ByKey(key string) (Space, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s, ok := b.all[key]
	return s, ok
}

func (b *book) ByName(name string) (Space, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.all {
		if s.Name == name {
			return s, true
		}
	}
	return Space{}, false
}

func (b *book) ByAdmin(key string) (Space, bool) {
	name, ok := strings.CutPrefix(key, "admin-")
	if !ok {
		return Space{}, false
	}
	return b.ByName(name)
}

func (b *book) remove(key string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.all, key)
}

func newBook() *book {
	return &book{all: map[string]Space{
		"key-choir": {Name: "choir", Title: "The choir", Theme: "contrast", Mark: "1", Quota: Quota{Slots: 2, Connections: 3}},
		"key-band":  {Name: "band", Mark: "1"},
	}}
}

// openIn opens a slot with a key.
func openIn(p *program, space, key, claim string) {
	p.Say(call.Frame{Type: call.OpenSlot, Slot: call.SlotOf(space, claim), Claim: claim, Key: key})
}

func TestKeysOpenTheirSpace(t *testing.T) {
	_, url := serve(t, Config{Spaces: newBook()})
	for name, test := range map[string]struct {
		space, key string
		want       call.FrameReason
	}{
		"its own":         {"choir", "key-choir", ""},
		"another's":       {"band", "key-choir", call.BadClaim},
		"none's":          {"choir", "nonsense", call.BadKey},
		"without one":     {"choir", "", call.BadKey},
		"the server's":    {"", "key-choir", call.BadClaim},
		"the server's, 2": {"", "", call.BadKey},
	} {
		p := connect(t, url)
		openIn(p, test.space, test.key, "mine")
		if f, err := p.Read(); err != nil || f.Reason != test.want {
			t.Errorf("%s: %+v, %v", name, f, err)
		}
		p.Conn.CloseNow()
	}
	guest := connect(t, url)
	guest.Say(call.Frame{Type: call.Join, Slot: call.SlotOf("nobody", "mine")})
	guest.Refused(call.SlotGone)
}

func TestQuotas(t *testing.T) {
	_, url := serve(t, Config{Spaces: newBook()})
	host := connect(t, url)
	for _, claim := range []string{"a", "b"} {
		openIn(host, "choir", "key-choir", claim)
		host.Hear(call.Opened)
	}
	openIn(host, "choir", "key-choir", "c")
	host.Refused(call.TooMany)
	other := connect(t, url)
	openIn(other, "band", "key-band", "c") // is not touched
	other.Hear(call.Opened)
	for range 2 {
		guest := connect(t, url)
		guest.Join(call.SlotOf("choir", "a"), host)
	}
	fourth := connect(t, url)
	fourth.Say(call.Frame{Type: call.Join, Slot: call.SlotOf("choir", "a")})
	fourth.Refused(call.TooMany)
}

// A space that is removed, or whose key is drawn anew, ends what is open in it
// while the server runs; a call that is set up goes on.
func TestRemovedSpaceEnds(t *testing.T) {
	spaces := newBook()
	s, url := serve(t, Config{Spaces: spaces})
	host := connect(t, url)
	openIn(host, "choir", "key-choir", "a")
	host.Hear(call.Opened)
	slot := call.SlotOf("choir", "a")
	inCall, session := rendezvoustest.Visitor(t, url, slot, host)
	setUp(t, host, inCall, session)
	half, _ := rendezvoustest.Visitor(t, url, slot, host)
	s.Recheck() // nothing has changed
	relayed(t, host, inCall, call.Trickle, session, "xX")
	spaces.remove("key-choir")
	s.Recheck()
	if f := host.Hear(call.Closed); f.Reason != call.BadKey {
		t.Errorf("closed %+v", f)
	}
	half.Hear(call.Left)
	relayed(t, host, inCall, call.Trickle, session, "yY")
}

func get(t *testing.T, url string, header ...string) (int, http.Header, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, string(body)
}

func TestAdministratorReadsTheirSpace(t *testing.T) {
	_, url := serve(t, Config{Spaces: newBook(), Limits: Limits{Joins: 4}})
	host := connect(t, url)
	openIn(host, "choir", "key-choir", "a")
	host.Hear(call.Opened)
	status, _, body := get(t, url+"/admin/space", "Authorization", "Bearer admin-choir")
	var f spaceFigures
	if err := json.Unmarshal([]byte(body), &f); err != nil || status != http.StatusOK || f.Space != "choir" || f.Slots != 1 || f.Connections != 1 || f.Quota.Slots != 2 {
		t.Errorf("%d %s %v", status, body, err)
	}
	for _, key := range []string{"", "Bearer key-choir", "Bearer admin-nobody"} {
		if status, _, body := get(t, url+"/admin/space", "Authorization", key); status != http.StatusUnauthorized || strings.Contains(body, "slots") {
			t.Errorf("%q: %d %s", key, status, body)
		}
	}
	if status, _, _ := get(t, url+"/admin/space", "Authorization", "Bearer guess"); status != http.StatusTooManyRequests {
		t.Errorf("a fifth try: %d", status)
	}
}

func TestGuestLearnsWhoseRoomItIs(t *testing.T) {
	_, url := open(t, Config{Spaces: newBook(), Own: Space{Title: "Ours"}})
	for slot, want := range map[string]string{
		call.SlotOf("choir", "x"):  `{"name":"The choir","theme":"contrast"}`,
		call.SlotOf("band", "x"):   `{"name":"band","theme":""}`,
		call.SlotOf("nobody", "x"): `{"name":"","theme":""}`,
		call.SlotOf("", "x"):       `{"name":"Ours","theme":""}`,
		"../x":                     `{"name":"","theme":""}`,
	} {
		if status, _, body := get(t, url+"/guest/space.json?slot="+slot); status != http.StatusOK || strings.TrimSpace(body) != want {
			t.Errorf("%s: %d %s", slot, status, body)
		}
	}
	host := connect(t, url)
	host.Say(call.Frame{Type: call.OpenSlot, Number: true, Key: "key-choir"})
	number := host.Hear(call.Opened).Slot
	if _, _, body := get(t, url+"/guest/space.json?slot="+number); !strings.Contains(body, "The choir") {
		t.Errorf("the number's: %s", body)
	}
	var words [256]string
	if _, _, body := get(t, url+"/guest/words.json"); json.Unmarshal([]byte(body), &words) != nil || words != call.Words {
		t.Errorf("words: %s", body)
	}
}

// Which numbers are somebody's cannot be asked without end.
func TestNumbersAreNotFoundByAsking(t *testing.T) {
	_, url := open(t, Config{Limits: Limits{Joins: 3}})
	for i, want := range []int{http.StatusOK, http.StatusOK, http.StatusOK, http.StatusTooManyRequests} {
		if status, _, _ := get(t, url+"/guest/space.json?slot=42"); status != want {
			t.Errorf("try %d: %d, want %d", i, status, want)
		}
	}
	if status, _, _ := get(t, url+"/guest/space.json?slot="+call.SlotOf("", "x")); status != http.StatusOK {
		t.Errorf("a link's guest: %d", status)
	}
}

// A space that has used up its relay is told none; the others are.
func TestRelayQuota(t *testing.T) {
	spaces := newBook()
	band := spaces.all["key-band"]
	band.Quota.RelayBytes = 1000
	spaces.all["key-band"] = band
	var used atomic.Int64
	_, url := serve(t, Config{
		Spaces: spaces, Relayed: func(space string) int64 { return used.Load() },
		Servers: func(space, session string) []call.Server {
			return []call.Server{{URL: "stun:a"}, {URL: "turn:a?transport=udp"}, {URL: "turns:a"}}
		},
	})
	host := connect(t, url)
	openIn(host, "band", "key-band", "a")
	if n := len(host.Hear(call.Opened).Servers); n != 3 {
		t.Errorf("%d servers before", n)
	}
	used.Store(1000)
	guest := connect(t, url)
	guest.Say(call.Frame{Type: call.Join, Slot: call.SlotOf("band", "a")})
	for _, f := range []call.Frame{guest.Hear(call.Joined), host.Hear(call.Knock)} {
		if len(f.Servers) != 1 || f.Servers[0].URL != "stun:a" {
			t.Errorf("told %+v beyond the quota", f.Servers)
		}
	}
	other := connect(t, url)
	openIn(other, "choir", "key-choir", "a")
	if n := len(other.Hear(call.Opened).Servers); n != 3 {
		t.Errorf("the other space is told %d", n)
	}
}
