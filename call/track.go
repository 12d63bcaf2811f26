package call

import "time"

// EncodedFrame is one access unit of video on its way.
type EncodedFrame struct {
	Unit []byte // Annex B for H.264; valid only during the call that hands it over
	Key  bool
	// At is when it was captured (sending) or its last packet arrived (receiving).
	At time.Time
	// RTPTime is the RTP time stamp (90 kHz) of a received frame.
	RTPTime uint32
	// Lost is the number of packets found missing before this received frame.
	Lost int
}

// AudioPacket is one packet of encoded sound on its way.
type AudioPacket struct {
	Payload  []byte // valid only during the call that hands it over
	At       time.Time
	Sequence uint16
	RTPTime  uint32 // 48 kHz
	// Redundant says that it came beside a later one, and may be one that was
	// lost; its sequence number is a guess.
	Redundant bool
}

// VideoOut is the sending end of the negotiated video track.
type VideoOut interface {
	// Codec is the negotiated encoding name.
	Codec() string
	// Ready is false while what was written before waits to leave. A picture is
	// then left out before it is encoded: one that was cannot be, for others
	// refer to it.
	Ready() bool
	// WriteFrame packetizes and sends one access unit. It does not wait for the network.
	WriteFrame(EncodedFrame) error
}

// AudioOut is the sending end of the negotiated audio track.
type AudioOut interface {
	Codec() string
	// WritePacket sends one packet; at is the time of its first sample on a
	// 48 kHz clock of the sender's own, which also counts what was left out.
	WritePacket(payload []byte, at uint32) error
}

// VideoIn is the receiving end of a video track.
type VideoIn interface {
	Codec() string
	// ReadFrame waits for the next whole access unit. It returns io.EOF when
	// the track is over.
	ReadFrame() (EncodedFrame, error)
	// RequestKeyFrame asks the sender for one (PLI, RFC 4585); it may be
	// called often and limits itself.
	RequestKeyFrame()
}

// AudioIn is the receiving end of an audio track.
type AudioIn interface {
	Codec() string
	// ReadPacket waits for the next packet, in order of arrival. It returns
	// io.EOF when the track is over.
	ReadPacket() (AudioPacket, error)
}

// SenderReport ties a track's RTP clock to its sender's wall clock (RFC 3550
// section 6.4.1).
type SenderReport struct {
	Video   bool      // of the video track; else of the audio track
	Arrived time.Time // on this machine's clock
	NTP     uint64    // the sender's clock, NTP format
	RTPTime uint32
}

// PeerMedia is what a Peer hands its tracks to; Media implements it.
type PeerMedia interface {
	// SendVideo and SendAudio hand over the sending ends once connected, and
	// nil before they stop to work. They do not block.
	SendVideo(VideoOut)
	SendAudio(AudioOut)
	// ReceiveVideo and ReceiveAudio handle a remote track until it ends; the
	// Peer calls each in a goroutine of its own and waits for it in Close.
	ReceiveVideo(VideoIn)
	ReceiveAudio(AudioIn)
	// KeyFrameWanted passes on the other side's request for a key frame.
	KeyFrameWanted()
	// TargetRate gives the bit/s that the picture may use from now on.
	TargetRate(bps int)
	SenderReport(SenderReport)
	// Transport hands over what tells the transport's counters, and nil at the
	// end.
	Transport(func() TransportStats)
}

// AudioSteered is a PeerMedia whose sound follows the link as well.
type AudioSteered interface {
	// AudioTarget gives the bit/s that the sound may use from now on, its
	// redundancy included, and what that is added against: the share of packets,
	// 0 to 1, that the other side misses of late, and how many of them in a row
	// on average. It does not block.
	AudioTarget(bps int, loss, burst float64)
}

// TransportStats is what the transport of a call counted since it began.
type TransportStats struct {
	RoundTrip       time.Duration // of the chosen path; 0 unknown
	PacketsSent     uint64
	BytesSent       uint64
	PacketsReceived uint64
	BytesReceived   uint64
	Lost            uint64 // packets of theirs that were missing at first
	Repaired        uint64 // among them, those that came after all
	Retransmitted   uint64 // packets of ours that were sent again
	Redundant       uint64 // bytes of sound of ours sent once more beside later sound
	RemoteLost      int64  // packets of ours that they miss (RFC 3550, cumulative)
	Local, Remote   string // the chosen path's ends, for a person: "udp 192.168.1.7:27539 (host)"
}
