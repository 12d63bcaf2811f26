package rtc

import (
	"fmt"

	"github.com/pion/webrtc/v4"
)

// Payload types as browsers number them; the numbers mean nothing beyond one
// description.
const (
	opusType = 111
	redType  = 63
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

// audioCodecs are Opus (RFC 7587), and RED (RFC 2198) that carries it.
var audioCodecs = []webrtc.RTPCodecParameters{
	{PayloadType: opusType, RTPCodecCapability: webrtc.RTPCodecCapability{
		MimeType: webrtc.MimeTypeOpus, ClockRate: audioClock, Channels: 2, SDPFmtpLine: "minptime=10;useinbandfec=1",
	}},
	{PayloadType: redType, RTPCodecCapability: webrtc.RTPCodecCapability{
		MimeType: mimeRED, ClockRate: audioClock, Channels: 2, SDPFmtpLine: fmt.Sprintf("%d/%d", opusType, opusType),
	}},
}

// mimeRED names redundant sound, which pion does not know.
const mimeRED = "audio/red"

// registerCodecs puts sound and the named video codecs, each with its
// retransmission (RFC 4588), into an engine.
func registerCodecs(engine *webrtc.MediaEngine, video []string) error {
	for _, codec := range audioCodecs {
		if err := engine.RegisterCodec(codec, webrtc.RTPCodecTypeAudio); err != nil {
			return fmt.Errorf("codec %s: %w", codec.MimeType, err)
		}
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
