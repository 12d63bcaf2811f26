package wire

import (
	"fmt"
	"strings"

	"parley/call"
	"parley/call/codec/h264"
	"parley/call/codec/opus"
	"parley/call/codec/vp8"
)

// videoCodecs lists the video codecs, best first.
func videoCodecs() []call.VideoCodec {
	return []call.VideoCodec{h264.New(), vp8.New()}
}

// audioCodec is the sound codec.
func audioCodec() call.AudioCodec { return opus.New() }

// chooseVideo returns all codecs, or the named one alone.
func chooseVideo(name string) ([]call.VideoCodec, error) {
	all := videoCodecs()
	if name == "" {
		return all, nil
	}
	var names []string
	for _, c := range all {
		if strings.EqualFold(c.Name(), name) {
			return []call.VideoCodec{c}, nil
		}
		names = append(names, c.Name())
	}
	return nil, fmt.Errorf("there is no video codec %q; choose one of %s", name, strings.Join(names, ", "))
}

func codecNames(codecs []call.VideoCodec) []string {
	var names []string
	for _, c := range codecs {
		names = append(names, c.Name())
	}
	return names
}
