package pacing

import (
	"testing"
	"time"

	"github.com/pion/interceptor"
	"github.com/pion/rtp"
)

type fastControl struct{}

func (fastControl) Sent(uint16, int, int, time.Time) {}
func (fastControl) Feedback([]byte, time.Time)       {}
func (fastControl) Orders(time.Time) Orders          { return Orders{Rate: 2_000_000_000} }

// path returns a step that sends a packet of sound and one of the picture.
func path(t testing.TB) (step func(), closed func()) {
	p := New(Config{Control: fastControl{}})
	gone := make(chan struct{}, 16)
	network := interceptor.RTPWriterFunc(func(_ *rtp.Header, payload []byte, _ interceptor.Attributes) (int, error) {
		gone <- struct{}{}
		return len(payload), nil
	})
	wide := []interceptor.RTPHeaderExtension{{URI: wideURI, ID: 3}}
	audio := p.BindLocalStream(&interceptor.StreamInfo{SSRC: 1, MimeType: "audio/opus", RTPHeaderExtensions: wide}, network)
	video := p.BindLocalStream(&interceptor.StreamInfo{SSRC: 2, MimeType: "video/VP8", RTPHeaderExtensions: wide}, network)
	payload := make([]byte, 1150)
	ha, hv := rtp.Header{Version: 2, SSRC: 1}, rtp.Header{Version: 2, SSRC: 2}
	return func() {
			if _, err := audio.Write(&ha, payload[:80], nil); err != nil {
				t.Fatal(err)
			}
			if _, err := video.Write(&hv, payload, nil); err != nil {
				t.Fatal(err)
			}
			<-gone
			<-gone
		}, func() {
			if err := p.Close(); err != nil {
				t.Error(err)
			}
		}
}

func TestNoAllocation(t *testing.T) {
	step, closed := path(t)
	defer closed()
	for range 200 {
		step()
	}
	if n := testing.AllocsPerRun(500, step); n > 0.1 {
		t.Errorf("%v allocations for two packets", n)
	}
}

func BenchmarkTwoPackets(b *testing.B) {
	step, closed := path(b)
	defer closed()
	b.ReportAllocs()
	for range b.N {
		step()
	}
}
