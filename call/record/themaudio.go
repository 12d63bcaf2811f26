package record

import (
	"encoding/binary"
	"time"
)

// packetQueue is how many packets of sound may wait for the disk, maxPacket
// how many bytes one may have.
const (
	packetQueue = 256
	maxPacket   = 8 << 10
)

// settleFor is how long the first packet of a line of time waits.
const settleFor = 300 * time.Millisecond

// opusPreRoll is how long a decoder needs before its sound is right after a
// jump (RFC 7845 section 4.6).
const opusPreRoll = 80 * time.Millisecond

// themAudio writes the other side's sound, Opus packets as received. Where
// none came there are none in the file: the time stamps say it.
type themAudio struct {
	host  *host
	clock *remoteClock
	in    *queue[packet]
	order reorder
	pkt   packet
	next  packet
	line  int // number of the line of time that packets are placed on
	out   *track
}

func newThemAudio(h *host, clock *remoteClock) *themAudio {
	return &themAudio{host: h, clock: clock, in: newQueue[packet](packetQueue), out: newTrack(h, themAudioID, Them, Audio, Opus)}
}

func (a *themAudio) wake() <-chan struct{} { return a.in.wake }

func (a *themAudio) drain() {
	for {
		dropped, ok := a.in.take(&a.pkt)
		if !ok {
			return
		}
		if dropped > 0 {
			a.out.note(noteDropped{"dropped", dropped, droppedBusy, a.pkt.arrived})
		}
		if a.pkt.report {
			a.pkt.notes(a.out)
			continue
		}
		now := a.pkt.arrived
		a.order.push(&a.pkt)
		a.write(now, false)
	}
}

// write moves the packets that are due to the file.
func (a *themAudio) write(now time.Duration, all bool) {
	for a.settled(now) || all {
		lost, ok := a.order.pop(&a.next, now, all)
		if !ok {
			return
		}
		a.line = a.next.when.line
		a.next.lost, a.next.at = lost, a.clock.place(false, a.next.when)
		a.next.notes(a.out)
		if a.next.at < 0 || len(a.next.data) == 0 {
			continue
		}
		if !a.out.begun() {
			a.out.begin(a.next.at, opusHeader(a.next.data[0]))
		}
		a.out.write(a.next.at, true, a.next.data)
	}
}

// settled says whether the next packet may be placed: the first one of a line
// of time waits until the quickest of several is known, since a player takes
// the start of a sound for granted and follows only large changes later.
func (a *themAudio) settled(now time.Duration) bool {
	p := a.order.first()
	return p == nil || p.when.line == a.line || now-p.arrived >= settleFor
}

// opusHeader describes a stream by the first byte of its first packet, whose
// bit 2 says stereo (RFC 6716 section 3.1). The header is that of RFC 7845
// section 5.1; nothing is skipped at the start, for the stream did not begin
// where the recording does.
func opusHeader(toc byte) mkvTrack {
	channels := 1 + toc>>2&1
	head := append([]byte("OpusHead"), 1, channels, 0, 0)
	head = binary.LittleEndian.AppendUint32(head, audioRate)
	head = append(head, 0, 0, 0)
	return mkvTrack{
		CodecID: "A_OPUS", CodecPrivate: head, TrackType: mkvTypeAudio, SeekPreRoll: uint64(opusPreRoll),
		Audio: &mkvAudio{SamplingFrequency: audioRate, Channels: uint64(channels)},
	}
}

func (a *themAudio) tick() {
	a.write(a.host.elapsed(a.host.now()), false)
	a.out.tick()
}

func (a *themAudio) end() {
	a.write(0, true)
	a.out.end()
}
