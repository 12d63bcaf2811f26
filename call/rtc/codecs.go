package rtc

import (
	"fmt"

	"github.com/pion/webrtc/v4"
)

// Payload types as browsers number them; the numbers mean nothing beyond one
// description.
const (
	opusType = 111
	h264Type = 102 // constrained baseline, packetization mode 1
	vp8Type  = 96
)

var videoFeedback = []webrtc.RTCPFeedback{
	{Type: "ccm", Parameter: "fir"}, {Type: "nack"}, {Type: "nack", Parameter: "pli"},
}

var videoCodecs = map[string]webrtc.RTPCodecParameters{
	"H264": {PayloadType: h264Type, RTPCodecCapability: webrtc.RTPCodecCapability{
		MimeType: webrtc.MimeTypeH264, ClockRate: videoClock, RTCPFeedback: videoFeedback,
		SDPFmtpLine: "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
	}},
	"VP8": {PayloadType: vp8Type, RTPCodecCapability: webrtc.RTPCodecCapability{
		MimeType: webrtc.MimeTypeVP8, ClockRate: videoClock, RTCPFeedback: videoFeedback,
	}},
}

// registerCodecs puts Opus and the named video codecs, each with its
// retransmission (RFC 4588), into an engine.
func registerCodecs(engine *webrtc.MediaEngine, video []string) error {
	opus := webrtc.RTPCodecParameters{PayloadType: opusType, RTPCodecCapability: webrtc.RTPCodecCapability{
		MimeType: webrtc.MimeTypeOpus, ClockRate: audioClock, Channels: 2, SDPFmtpLine: "minptime=10;useinbandfec=1",
	}}
	if err := engine.RegisterCodec(opus, webrtc.RTPCodecTypeAudio); err != nil {
		return fmt.Errorf("codec opus: %w", err)
	}
	for _, name := range video {
		codec, ok := videoCodecs[name]
		if !ok {
			return fmt.Errorf("no video codec %q; there are H264 and VP8", name)
		}
		rtx := webrtc.RTPCodecParameters{PayloadType: codec.PayloadType + 1, RTPCodecCapability: webrtc.RTPCodecCapability{
			MimeType: webrtc.MimeTypeRTX, ClockRate: videoClock, SDPFmtpLine: fmt.Sprintf("apt=%d", codec.PayloadType),
		}}
		for _, c := range []webrtc.RTPCodecParameters{codec, rtx} {
			if err := engine.RegisterCodec(c, webrtc.RTPCodecTypeVideo); err != nil {
				return fmt.Errorf("codec %s: %w", name, err)
			}
		}
	}
	return nil
}
