package record

import (
	"encoding/binary"
	"time"

	"parley/call"
)

// soundQueue is how many blocks of 10 ms may wait for the disk.
const soundQueue = 200

// meAudio writes my microphone as it was heard: 16 bit, 48 kHz, one channel.
type meAudio struct {
	host  *host
	in    *queue[soundBlock]
	block soundBlock
	line  soundLine
	out   *track
	until time.Duration // end of what is written
	bytes [2 * call.BlockSamples]byte
}

func newMeAudio(h *host) *meAudio {
	return &meAudio{host: h, in: newQueue[soundBlock](soundQueue), out: newTrack(h, meAudioID, Me, Audio, PCM)}
}

func (m *meAudio) wake() <-chan struct{} { return m.in.wake }

// take queues a copy of the samples whose last was heard at the elapsed time
// at, from any goroutine.
func (m *meAudio) take(samples []int16, at time.Duration) {
	at -= samplesSpan(int64(len(samples)))
	for len(samples) > 0 {
		n := min(len(samples), call.BlockSamples)
		at += samplesSpan(int64(n))
		if b := m.in.begin(); b != nil {
			b.n, b.at = copy(b.samples[:], samples[:n]), at
			m.in.commit()
		}
		samples = samples[n:]
	}
}

func (m *meAudio) drain() {
	for {
		dropped, ok := m.in.take(&m.block)
		if !ok {
			return
		}
		if dropped > 0 {
			m.out.note(noteDropped{"dropped", dropped, droppedBusy, m.block.at})
		}
		if m.block.at < m.block.length() {
			continue // heard before the recording
		}
		m.line.push(&m.block)
		if m.line.full() {
			m.write()
		}
	}
}

// write moves one block from the line to the file.
func (m *meAudio) write() {
	b, gap := m.line.pop()
	if b.at < 0 {
		return // the line of the least late blocks places it before the recording
	}
	if !m.out.begun() {
		m.begin(b.at)
	}
	if gap > 0 {
		m.fill(b.at, gap)
	}
	for i, s := range b.samples[:b.n] {
		binary.LittleEndian.PutUint16(m.bytes[2*i:], uint16(s))
	}
	m.out.write(b.at, true, m.bytes[:2*b.n])
	m.until = b.at + b.length()
}

func (m *meAudio) begin(at time.Duration) {
	m.out.begin(at, mkvTrack{
		CodecID: "A_PCM/INT/LIT", TrackType: mkvTypeAudio,
		Audio: &mkvAudio{SamplingFrequency: call.SampleRate, Channels: 1, BitDepth: 16},
	})
	m.out.note(noteStart{"origin", at})
	m.until = at
}

// fill writes silence up to at. A gap of a device that was away for long is
// left to the time stamps instead.
func (m *meAudio) fill(at, gap time.Duration) {
	filled := gap <= maxFilled
	m.out.note(noteGap{"gap", gap, filled, m.until})
	clear(m.bytes[:])
	for filled && at > m.until {
		n := min(int64(at-m.until)*call.SampleRate/int64(time.Second), call.BlockSamples)
		if n == 0 {
			return
		}
		m.out.write(m.until, true, m.bytes[:2*n])
		m.until += samplesSpan(n)
	}
}

// tick also writes what waits for blocks that do not come.
func (m *meAudio) tick() {
	if m.line.n > 0 && m.host.elapsed(m.host.now())-m.block.at > soundStale {
		m.empty()
	}
	m.out.tick()
}

func (m *meAudio) empty() {
	for m.line.n > 0 {
		m.write()
	}
}

func (m *meAudio) end() {
	m.empty()
	m.out.end()
}
