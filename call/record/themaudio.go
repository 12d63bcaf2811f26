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

// opusPreRoll is how long a decoder needs before its sound is right after a
// jump (RFC 7845 section 4.6).
const opusPreRoll = 80 * time.Millisecond

// themAudio writes the other side's sound, Opus packets as received. Where
// none came there are none in the file: the time stamps say it.
type themAudio struct {
	host  *host
	in    *queue[packet]
	order reorder
	pkt   packet
	next  packet
	out   *track
}

func newThemAudio(h *host) *themAudio {
	return &themAudio{host: h, in: newQueue[packet](packetQueue), out: newTrack(h, themAudioID, Them, Audio, Opus)}
}

func (a *themAudio) wake() <-chan struct{} { return a.in.wake }

func (a *themAudio) drain() {
	for {
		dropped, ok := a.in.take(&a.pkt)
		if !ok {
			return
		}
		if dropped > 0 {
			a.out.note(noteDropped{"dropped", dropped, droppedBusy, a.pkt.at})
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
	for {
		lost, ok := a.order.pop(&a.next, now, all)
		if !ok {
			return
		}
		a.next.lost = lost
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
