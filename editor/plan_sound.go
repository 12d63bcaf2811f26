package editor

import (
	"fmt"
	"strings"
)

// voice is one stream that is heard in a clip.
type voice struct {
	media  *Media
	stream *Stream
	origin Time
}

// sound plans the clip's sound: what is heard in it, mixed, exactly as many
// samples as the clip's frames last, silence where there is nothing.
func (s *scene) sound() Step {
	step := Step{Name: fmt.Sprintf("a%05d.wav", len(s.Sounds)), Samples: s.samples, Clip: s.name()}
	step.Args = []string{"-copyts"}
	var chains, labels []string
	for _, v := range s.voices() {
		w := newWindow(v.media, v.origin.Add(s.clip.In))
		label := fmt.Sprintf("[s%d]", len(labels))
		chains = append(chains, fmt.Sprintf("[%d:%d]%s%s", len(labels), v.stream.Index, s.voiceChain(w, v.stream), label))
		labels = append(labels, label)
		step.Args = append(append(step.Args, w.args()...), s.open(v.media)...)
		step.Inputs = append(step.Inputs, v.media.Path)
	}
	chains = append(chains, s.mix(labels))
	step.Args = append(step.Args, "-filter_complex", strings.Join(chains, ";"), "-map", "[a]",
		"-map_metadata", "-1", "-c:a", "pcm_s16le", "-rf64", "auto", "-f", "wav")
	return step
}

// voices are the streams that have something to be heard in the clip.
func (s *scene) voices() []voice {
	var all []voice
	add := func(m *Media, origin Time) {
		if m == nil {
			return
		}
		a, ok := m.Audio()
		if ok && a.present(origin.Add(s.clip.In), origin.Add(s.clip.Out)) {
			all = append(all, voice{m, a, origin})
		}
	}
	switch {
	case s.clip.Kind == StillClip:
	case s.source.Recording == nil:
		add(s.source.Media, s.source.Media.Origin())
	default:
		for _, t := range s.source.Recording.Of(AudioStream) {
			add(s.source.Tracks[t.ID], Time{})
		}
	}
	return all
}

// voiceChain brings a stream to the film's rate and layout, fills its gaps,
// and cuts it to the clip.
func (s *scene) voiceChain(w window, a *Stream) string {
	return fmt.Sprintf("asetpts=%s,aresample=%d:async=1:first_pts=0,%s,apad=whole_len=%d,atrim=end_sample=%d,asetpts=N/SR/TB",
		w.setpts(), s.Output.SampleRate, stereo(a), s.samples, s.samples)
}

// stereo brings a stream to two channels. A single one is heard as loud from
// both as it is alone; ffmpeg's own way is 3 dB less.
func stereo(a *Stream) string {
	if a.Channels == 1 {
		return "aformat=sample_fmts=fltp,pan=stereo|c0=c0|c1=c0"
	}
	return "aformat=sample_fmts=fltp:channel_layouts=stereo"
}

// mix makes the sound [a] of the voices. The sum of two is not turned down,
// since people seldom talk at once; what goes beyond full scale is limited.
func (s *scene) mix(labels []string) string {
	switch len(labels) {
	case 0:
		return fmt.Sprintf("anullsrc=r=%d:cl=stereo,atrim=end_sample=%d[a]", s.Output.SampleRate, s.samples)
	case 1:
		return labels[0] + "anull[a]"
	}
	return fmt.Sprintf("%samix=inputs=%d:duration=longest:normalize=0,alimiter=limit=0.98:level=0:latency=1,apad=whole_len=%d,atrim=end_sample=%d,asetpts=N/SR/TB[a]",
		strings.Join(labels, ""), len(labels), s.samples, s.samples)
}
