package rtc

import (
	"time"

	"github.com/pion/webrtc/v4"
)

// How long a path waits for a better one. Whatever goes straight to the other
// side is as good as any, once it works; but an address that was seen and not
// told yet may be a relay's, and what is relayed gives way to what may come
// within a second. (Pion waits for half a second, one and two.)
const (
	prflxWait = 200 * time.Millisecond
	relayWait = time.Second
)

func acceptSoon(s *webrtc.SettingEngine) {
	s.SetSrflxAcceptanceMinWait(0)
	s.SetPrflxAcceptanceMinWait(prflxWait)
	s.SetRelayAcceptanceMinWait(relayWait)
}
