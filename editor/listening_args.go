package editor

import "fmt"

// LevelRate is at how many samples a second LevelArgs has sound come.
const LevelRate = 8000

// LevelArgs write n samples of a stream, from a time stamp of its file on, to
// the standard output: float32, little-endian, one channel, LevelRate a
// second, without the rumble below speech.
func LevelArgs(m *Media, stream int, from Time, n int64, open Opener) []string {
	w := newWindow(m, from)
	args := append(append([]string{"-copyts"}, w.args()...), open(m)...)
	filters := fmt.Sprintf("asetpts=%s,aresample=%d:async=1:first_pts=0,aformat=channel_layouts=mono,highpass=f=90,apad=whole_len=%d,atrim=end_sample=%d,asetpts=N/SR/TB",
		w.setpts(Ratio{1, 1}), LevelRate, n, n)
	return append(args, "-map", fmt.Sprintf("0:%d", stream), "-af", filters, "-c:a", "pcm_f32le", "-f", "f32le", "pipe:1")
}

// FrozenArgs tell on the standard output where a stream, between two time
// stamps of its file, is black or stands still for least or longer, as
// ffmpeg's filter metadata prints it; their time 0 is from.
func FrozenArgs(m *Media, stream int, from, to, least Time, open Opener) []string {
	w := newWindow(m, from)
	args := append(append([]string{"-copyts", "-reinit_filter", "0"}, w.args()...), open(m)...)
	filters := fmt.Sprintf("setpts=%s,scale=160:90:eval=frame,trim=start=0:end=%s,blackdetect=d=%s:pix_th=0.1,freezedetect=n=-50dB:d=%s,metadata=print:file=-",
		w.setpts(Ratio{1, 1}), to.Sub(from), least, least)
	return append(args, "-map", fmt.Sprintf("0:%d", stream), "-vf", filters, "-f", "null", "-")
}

// LoudnessArgs tell on the standard output how loud a stream is so far, again
// and again, as ffmpeg's filter ametadata prints what ebur128 measures.
func LoudnessArgs(m *Media, stream int, open Opener) []string {
	return append(open(m), "-map", fmt.Sprintf("0:%d", stream), "-af", "ebur128=metadata=1:peak=true,ametadata=print:file=-", "-f", "null", "-")
}
