package pacing_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pion/interceptor"
	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/transport/v5/packetio"

	"parley/call/rtc/pacing"
)

// desk is a pacer between streams that write and a network that notes.
type desk struct {
	mu       sync.Mutex
	rate     int
	copies   int
	hold     bool
	cluster  pacing.Cluster
	told     []told
	left     []left
	feedback int
	drops    pacing.Drops

	pacer        *pacing.Pacer
	audio, video interceptor.RTPWriter
}

type told struct {
	seq           uint16
	size, cluster int
}

type left struct {
	at      time.Duration
	ssrc    uint32
	seq     uint16
	wide    uint16
	padding int
	payload []byte
}

const (
	audioSSRC, videoSSRC, repairSSRC = 1, 2, 3
	wideID                           = 5
)

func (d *desk) Sent(seq uint16, size, cluster int, _ time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.told = append(d.told, told{seq, size, cluster})
}

func (d *desk) Feedback([]byte, time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.feedback++
}

func (d *desk) Orders(time.Time) pacing.Orders {
	d.mu.Lock()
	defer d.mu.Unlock()
	o := pacing.Orders{Rate: d.rate, Hold: d.hold, Copies: d.copies, CopyAfter: 150 * time.Millisecond, Cluster: d.cluster}
	d.cluster = pacing.Cluster{}
	return o
}

func (d *desk) order(rate int, c pacing.Cluster) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.rate, d.cluster = rate, c
}

// network returns what has left by now.
func (d *desk) network() []left {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.left)
}

// bubble runs a test on a desk in virtual time.
func bubble(t *testing.T, rate int, test func(t *testing.T, d *desk)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		d := &desk{rate: rate}
		d.pacer = pacing.New(pacing.Config{Control: d, Dropped: func(n pacing.Drops) {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.drops.Video += n.Video
			d.drops.Repair += n.Repair
		}})
		network := interceptor.RTPWriterFunc(func(h *rtp.Header, payload []byte, _ interceptor.Attributes) (int, error) {
			l := left{at: time.Since(began), ssrc: h.SSRC, seq: h.SequenceNumber, padding: int(h.PaddingSize), payload: bytes.Clone(payload)}
			if w := h.GetExtension(wideID); len(w) == 2 {
				l.wide = binary.BigEndian.Uint16(w)
			} else {
				t.Errorf("a packet of %d left without a number", h.SSRC)
			}
			d.mu.Lock()
			defer d.mu.Unlock()
			d.left = append(d.left, l)
			return len(payload), nil
		})
		wide := []interceptor.RTPHeaderExtension{{URI: "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01", ID: wideID}}
		d.audio = d.pacer.BindLocalStream(&interceptor.StreamInfo{SSRC: audioSSRC, MimeType: "audio/opus", RTPHeaderExtensions: wide}, network)
		d.video = d.pacer.BindLocalStream(&interceptor.StreamInfo{
			SSRC: videoSSRC, SSRCRetransmission: repairSSRC, PayloadTypeRetransmission: 97, MimeType: "video/H264", RTPHeaderExtensions: wide,
		}, network)
		test(t, d)
		if err := errors.Join(d.pacer.Close(), d.pacer.Close()); err != nil {
			t.Error(err)
		}
	})
}

func write(t *testing.T, w interceptor.RTPWriter, ssrc uint32, seq uint16, size int) {
	t.Helper()
	h := rtp.Header{Version: 2, SSRC: ssrc, SequenceNumber: seq, PayloadType: 96}
	payload := bytes.Repeat([]byte{byte(seq)}, size)
	if _, err := w.Write(&h, payload, nil); err != nil {
		t.Fatal(err)
	}
	h.SequenceNumber, payload[0] = 0xdead&0xffff, 0xff // the writer reuses both
}

func TestSoundPassesAKeyFrame(t *testing.T) {
	bubble(t, 1_000_000, func(t *testing.T, d *desk) {
		for i := range uint16(50) { // 60 kB: 0.5 s
			write(t, d.video, videoSSRC, i, 1150)
		}
		for i := range uint16(10) {
			time.Sleep(20 * time.Millisecond)
			before := time.Now()
			write(t, d.audio, audioSSRC, i, 80)
			got := d.network()
			if last := got[len(got)-1]; last.ssrc != audioSSRC || last.seq != i || time.Since(before) != 0 {
				t.Fatalf("sound %d waited: the newest to leave is %+v", i, last)
			}
		}
		time.Sleep(time.Second)
		got := d.network()
		if len(got) != 60 {
			t.Fatalf("%d packets of 60 left", len(got))
		}
		var video []left
		for i, l := range got {
			if l.wide != uint16(i) || d.told[i].seq != uint16(i) {
				t.Errorf("packet %d to leave has number %d, told as %d", i, l.wide, d.told[i].seq)
			}
			if l.ssrc == videoSSRC {
				if l.seq != uint16(len(video)) || len(l.payload) != 1150 || l.payload[0] != byte(l.seq) {
					t.Fatalf("picture packet %d is %d, %d bytes", len(video), l.seq, len(l.payload))
				}
				video = append(video, l)
			}
		}
		if took := video[49].at - video[0].at; took < 440*time.Millisecond || took > 500*time.Millisecond {
			t.Errorf("60 kB at 1 Mbit/s took %v", took)
		}
	})
}

func TestRepairsGoFirstAndKeepTheirStream(t *testing.T) {
	bubble(t, 1_000_000, func(t *testing.T, d *desk) {
		for i := range uint16(20) {
			write(t, d.video, videoSSRC, i, 1000)
		}
		for i := range uint16(3) {
			write(t, d.video, repairSSRC, 1000+7*i, 500)
		}
		time.Sleep(time.Second)
		var order []uint32
		var seqs []uint16
		for _, l := range d.network() {
			order = append(order, l.ssrc)
			if l.ssrc == repairSSRC {
				seqs = append(seqs, l.seq)
			}
		}
		if len(order) != 23 || len(seqs) != 3 {
			t.Fatalf("left: %v", order)
		}
		if i := slices.Index(order, repairSSRC); i > 2 || !slices.Equal(order[i:i+3], []uint32{repairSSRC, repairSSRC, repairSSRC}) {
			t.Errorf("repairs waited: %v", order)
		}
		if seqs[1] != seqs[0]+1 || seqs[2] != seqs[1]+1 {
			t.Errorf("repairs are numbered %v", seqs)
		}
	})
}

func TestProbe(t *testing.T) {
	bubble(t, 500_000, func(t *testing.T, d *desk) {
		write(t, d.video, repairSSRC, 1, 500)
		time.Sleep(100 * time.Millisecond)
		write(t, d.video, videoSSRC, 1, 1000)
		d.order(500_000, pacing.Cluster{ID: 4, Rate: 2_000_000, Bytes: 4000, Packets: 5})
		time.Sleep(100 * time.Millisecond)
		bytes, first, last, padding := 0, time.Duration(-1), time.Duration(0), 0
		seqs := map[uint16]bool{}
		for i, l := range d.network() {
			if l.ssrc == repairSSRC {
				if seqs[l.seq] {
					t.Errorf("two packets have number %d: they would be encrypted alike", l.seq)
				}
				seqs[l.seq] = true
			}
			if d.told[i].cluster != 4 {
				continue
			}
			if first < 0 {
				first = l.at
			}
			last = l.at
			bytes += d.told[i].size
			if l.padding > 0 {
				padding++
			}
		}
		if bytes < 3000 || padding < 5 {
			t.Errorf("the probe has %d bytes, %d packets of padding", bytes, padding)
		}
		if rate := float64(bytes*8) / (last - first).Seconds(); rate < 1.5e6 || rate > 2.6e6 {
			t.Errorf("the probe left at %.0f bit/s", rate)
		}
	})
}

func TestWhatWaitsTooLongIsGivenUpLoudly(t *testing.T) {
	bubble(t, 20_000, func(t *testing.T, d *desk) {
		for i := range uint16(30) {
			write(t, d.video, videoSSRC, i, 1150)
			write(t, d.video, repairSSRC, i, 1150)
		}
		time.Sleep(10 * time.Second)
		d.mu.Lock()
		defer d.mu.Unlock()
		if len(d.left)+d.drops.Video+d.drops.Repair != 60 || d.drops.Video < 20 || d.drops.Repair < 20 {
			t.Errorf("%d left, dropped %+v", len(d.left), d.drops)
		}
		if b := d.pacer.Backlog(); b != 0 {
			t.Errorf("a backlog of %v", b)
		}
	})
}

func TestBacklog(t *testing.T) {
	bubble(t, 1_000_000, func(t *testing.T, d *desk) {
		time.Sleep(50 * time.Millisecond) // the first orders
		for i := range uint16(100) {
			write(t, d.video, videoSSRC, i, 1150)
		}
		if b := d.pacer.Backlog(); b < 900*time.Millisecond || b > 1100*time.Millisecond {
			t.Errorf("120 kB at 1 Mbit/s are %v", b)
		}
	})
}

func TestFeedbackIsHeard(t *testing.T) {
	bubble(t, 1_000_000, func(t *testing.T, d *desk) {
		cc := &rtcp.TransportLayerCC{
			Header: rtcp.Header{Count: rtcp.FormatTCC, Type: rtcp.TypeTransportSpecificFeedback, Length: 5}, PacketStatusCount: 1,
			PacketChunks: []rtcp.PacketStatusChunk{&rtcp.RunLengthChunk{PacketStatusSymbol: 1, RunLength: 1}},
			RecvDeltas:   []*rtcp.RecvDelta{{Type: 1, Delta: 250}},
		}
		raw, err := rtcp.Marshal([]rtcp.Packet{&rtcp.ReceiverReport{SSRC: 1}, cc, &rtcp.PictureLossIndication{MediaSSRC: 2}, cc})
		if err != nil {
			t.Fatal(err)
		}
		b := d.pacer.Buffer(packetio.RTCPBufferPacket, repairSSRC)
		if n, err := b.Write(raw); err != nil || n != len(raw) || d.feedback != 2 {
			t.Errorf("heard %d of 2, wrote %d of %d, %v", d.feedback, n, len(raw), err)
		}
		read := make([]byte, 1500)
		if n, err := b.Read(read); err != nil || !bytes.Equal(read[:n], raw) {
			t.Errorf("a reader got %x, %v", read[:n], err)
		}
		for n := range raw { // cut off anywhere
			if _, err := b.Write(raw[:n]); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := d.pacer.Buffer(packetio.RTPBufferPacket, 1).Write(raw[8:]); err != nil || d.feedback > 2+len(raw) {
			t.Error("RTP was heard")
		}
	})
}

func TestClosedRefuses(t *testing.T) {
	bubble(t, 1_000_000, func(t *testing.T, d *desk) {
		if err := d.pacer.Close(); err != nil {
			t.Fatal(err)
		}
		_, err := d.video.Write(&rtp.Header{Version: 2, SSRC: videoSSRC}, []byte{1}, nil)
		if !errors.Is(err, pacing.ErrClosed) {
			t.Errorf("after Close: %v", err)
		}
	})
}

// Copies leave as retransmissions, each a while after the one before, with
// numbers of their own; sound is sent once.
func TestCopies(t *testing.T) {
	bubble(t, 10_000_000, func(t *testing.T, d *desk) {
		d.mu.Lock()
		d.copies = 2
		d.mu.Unlock()
		time.Sleep(100 * time.Millisecond) // for the order to come through
		began := len(d.network())
		write(t, d.audio, audioSSRC, 1, 80)
		write(t, d.video, videoSSRC, 700, 1000)
		write(t, d.video, videoSSRC, 701, 500)
		time.Sleep(time.Second)
		got := d.network()[began:]
		var copies []left
		for _, l := range got {
			if l.ssrc == repairSSRC {
				copies = append(copies, l)
			}
		}
		if len(got) != 7 || len(copies) != 4 {
			t.Fatalf("%d packets left, %d copies among them", len(got), len(copies))
		}
		for i, c := range copies {
			original, size := uint16(700+i%2), 1000-500*(i%2)
			if binary.BigEndian.Uint16(c.payload) != original || len(c.payload) != size+2 || c.seq != copies[0].seq+uint16(i) {
				t.Errorf("copy %d: number %d, %d bytes of %d", i, c.seq, len(c.payload), binary.BigEndian.Uint16(c.payload))
			}
			if after, want := c.at-got[1].at, time.Duration(1+i/2)*150*time.Millisecond; after < want || after > want+20*time.Millisecond {
				t.Errorf("copy %d left after %v", i, after)
			}
		}
	})
}

// While pictures are held, sound and repairs still leave, and whoever asks
// hears that there is no room for another picture.
func TestHold(t *testing.T) {
	bubble(t, 1_000_000, func(t *testing.T, d *desk) {
		set := func(hold bool) {
			d.mu.Lock()
			d.hold = hold
			d.mu.Unlock()
			time.Sleep(50 * time.Millisecond) // for the order to come through
		}
		set(true)
		if d.pacer.Backlog() < time.Second {
			t.Errorf("a backlog of %v while pictures are held", d.pacer.Backlog())
		}
		write(t, d.video, videoSSRC, 1, 500)
		write(t, d.video, repairSSRC, 1, 500)
		write(t, d.audio, audioSSRC, 1, 80)
		time.Sleep(100 * time.Millisecond)
		for _, l := range d.network() {
			if l.ssrc == videoSSRC {
				t.Error("a picture left")
			}
		}
		if n := len(d.network()); n != 2 {
			t.Errorf("%d packets left, want sound and repair", n)
		}
		set(false)
		if got := d.network(); got[len(got)-1].ssrc != videoSSRC || d.pacer.Backlog() != 0 {
			t.Error("the picture is held for good")
		}
	})
}
