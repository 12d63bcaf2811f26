package headless

import (
	"time"

	"github.com/spf13/cobra"

	"parley/call"
)

// callFlags are what call and answer share.
type callFlags struct {
	noWindow   bool
	camera     string
	screen     string
	microphone string
	speaker    string
	codec      string
	port       int
	length     time.Duration
	record     string
	stats      string
	sample     string
	server     string
	link       bool // answer alone, as what follows
	code       bool
	send       []string
	receive    string
	chat       bool
	changed    func(name string) bool
}

func (f *callFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&f.noWindow, "no-window", false, "without a window: for scripts, and machines without a display")
	flags.StringVar(&f.camera, "camera", "", "a camera's or screen's `NAME`, or pattern, file:PATH or off")
	flags.StringVar(&f.screen, "screen", call.DeviceOff, "share a screen's `NAME` beside the camera, or pattern or file:PATH")
	flags.StringVar(&f.microphone, "mic", "", "a microphone's `NAME`, or tone, file:PATH.wav or off")
	flags.StringVar(&f.speaker, "speaker", "", "a speaker's `NAME`, or off")
	flags.StringVar(&f.codec, "codec", "", "force one video codec: H264 or VP8")
	flags.IntVar(&f.port, "port", 0, "TCP and UDP `PORT` to listen on and send from")
	flags.DurationVar(&f.length, "for", 0, "hang up this long after the call is connected, for example 30s")
	flags.StringVar(&f.record, "record", "", "keep the call in a new folder inside `DIR`")
	flags.StringVar(&f.server, "server", "", "rendezvous for links and codes, a `URL`; without, that of the settings")
	flags.StringVar(&f.stats, "stats", "", "write statistics to `FILE`: a JSON object a second, the last one a summary")
	flags.StringArrayVar(&f.send, "send", nil, "send `FILE` (may be repeated); without --for the call ends when all have arrived")
	flags.StringVar(&f.receive, "receive", "", "keep all files that the other side sends in `DIR`, and print their paths")
	flags.BoolVar(&f.chat, "chat", false, "write the lines of standard input to the other side, and print theirs")
	flags.StringVar(&f.sample, "sample", "", "keep in `DIR` what was shown, for measuring")
	cobra.CheckErr(flags.MarkHidden("sample"))
	f.changed = flags.Changed
}

// addInvitations are the flags of answer alone.
func (f *callFlags) addInvitations(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.link, "link", false, "print a link for this one call")
	cmd.Flags().BoolVar(&f.code, "code", false, "print a code to be spoken, for this one call")
}

// chosen is a device's name where the flag was given.
func (f *callFlags) chosen(flag, value string) *string {
	if !f.changed(flag) {
		return nil
	}
	return &value
}
