package ffmpeg

import (
	"context"
	"strings"
)

// refused are the containers that hold no media but the names of other files
// or addresses, that run a script, or that make a picture of any text. They
// are never opened: what they name would be opened with the user's rights and
// land in a film.
var refused = map[string]bool{
	"applehttp": true, "hls": true, "concat": true, "dash": true, "imf": true,
	"sdp": true, "rtp": true, "rtsp": true, "sap": true, "avisynth": true,
	"vapoursynth": true, "lavfi": true, "vobsub": true, "ffmetadata": true,
	"tty": true,
}

// askFormats lists the containers that this ffmpeg reads, less the refused,
// in the form of -format_whitelist.
func askFormats(ctx context.Context, program string) (string, error) {
	answer, err := ask(ctx, program, "-hide_banner", "-demuxers")
	if err != nil {
		return "", err
	}
	return allowedFormats(answer), nil
}

// allowedFormats reads the answer to -demuxers: after a line of dashes, one
// container a line, flags first ("d" marks a device), then its names.
func allowedFormats(answer string) string {
	_, list, _ := strings.Cut(answer, "--\n")
	var allowed []string
	for line := range strings.Lines(list) {
		words := strings.Fields(line)
		if len(words) < 2 || words[0] != "D" || words[1] == "d" {
			continue
		}
		if !anyRefused(words[1]) {
			allowed = append(allowed, words[1])
		}
	}
	return strings.Join(allowed, ",")
}

func anyRefused(names string) bool {
	for name := range strings.SplitSeq(names, ",") {
		if refused[name] {
			return true
		}
	}
	return false
}
