package editor

import "fmt"

// voice is one stream that is heard in a clip.
type voice struct {
	media  *Media
	stream *Stream
	origin Time
}

// sounds plans the sound of each clip for all the time that it is in the film.
// How loud it is is left to the mixing.
func (a *Assembly) sounds() []Heard {
	var all []Heard
	for i, p := range a.clips {
		s := a.scene(i, p.first, p.last)
		h := Heard{First: a.sample(p.first), Silent: len(s.voices()) == 0, Original: s.original()}
		h.loud(a.Output, &s.clip.Sound.Gain, &s.clip.Sound.FadeIn, &s.clip.Sound.FadeOut)
		h.Step = s.sound()
		h.Name = fmt.Sprintf("a%05d.wav", i)
		all = append(all, h)
	}
	return all
}

// loud takes over what is asked of a sound's loudness, so that its segment
// stays the same whatever that is.
func (h *Heard) loud(out Output, gain *float64, in, end *Time) {
	h.Gain, h.FadeIn, h.FadeOut = *gain, in.SamplesRound(out.SampleRate), end.SamplesRound(out.SampleRate)
	*gain, *in, *end = 0, Time{}, Time{}
}

// samples are how many the scene's frames last.
func (s *scene) samples() int64 {
	first := s.first + s.from
	return s.sample(first+s.frames) - s.sample(first)
}

// sound plans what is heard in the scene, exactly as many samples as its
// frames last.
func (s *scene) sound() Step {
	g := &graph{}
	step := g.run(s.heard(g), pcm...)
	step.Samples, step.Clip = s.samples(), s.name()
	return step
}

// heard plans the voices of the scene, mixed; silence where there is nothing.
func (s *scene) heard(g *graph) string {
	n := s.samples()
	var labels []string
	for _, v := range s.voices() {
		w := newWindow(v.media, v.origin.Add(s.moment(0)))
		in := g.input(v.media, v.stream.Index, append(w.args(), s.open(v.media)...))
		labels = append(labels, g.chain(in, s.voiceChain(w, v.stream, n)...))
	}
	return s.mix(g, labels, n)
}

// pcm is how a sound segment is written.
var pcm = []string{"-map_metadata", "-1", "-c:a", "pcm_s16le", "-rf64", "auto", "-f", "wav"}

// voices are the streams that have something to be heard in the scene.
func (s *scene) voices() []voice {
	if s.clip.Stands() || s.clip.Sound.Mute {
		return nil
	}
	var all []voice
	add := func(m *Media, a *Stream, origin Time) {
		if a.present(origin.Add(s.moment(0)), origin.Add(s.moment(s.frames))) {
			all = append(all, voice{m, a, origin})
		}
	}
	if r := s.source.Recording; r != nil {
		for _, t := range r.Of(AudioStream) {
			if m := s.source.Tracks[t.ID]; m != nil {
				if a, ok := m.Audio(); ok {
					add(m, a, Time{})
				}
			}
		}
		return all
	}
	for _, a := range s.source.Media.heard(s.clip.Sound.Tracks) {
		add(s.source.Media, a, s.source.Media.Origin())
	}
	return all
}

// Audios are the sound streams of the file, in its order.
func (m *Media) Audios() []*Stream {
	var all []*Stream
	for i := range m.Streams {
		if m.Streams[i].Kind == AudioStream {
			all = append(all, &m.Streams[i])
		}
	}
	return all
}

// heard are the sound streams that were chosen, or the first. What was chosen
// and is not there is left out.
func (m *Media) heard(chosen []int) []*Stream {
	all := m.Audios()
	if len(chosen) == 0 {
		return all[:min(1, len(all))]
	}
	var some []*Stream
	for _, n := range chosen {
		if n >= 0 && n < len(all) {
			some = append(some, all[n])
		}
	}
	return some
}

// voiceChain brings a stream to the film's rate and layout, fills its gaps,
// does to it what the clip asks for, and cuts it to n samples.
func (s *scene) voiceChain(w window, a *Stream, n int64) []string {
	rate := itoa(int64(s.Output.SampleRate))
	chain := []string{"asetpts=" + w.setpts(Ratio{1, 1}), "aresample=" + rate + ":async=1:first_pts=0", stereo(a)}
	if v := s.clip.speed(); v.Num != v.Den {
		chain = append(chain, tempo(v)...)
	}
	if s.clip.Sound.Denoise {
		chain = append(chain, "afftdn=nr=12:nf=-40:tn=1")
	}
	if s.clip.Sound.Gain != 0 {
		chain = append(chain, fmt.Sprintf("volume=%.3fdB", s.clip.Sound.Gain))
	}
	fades := s.fades(s.clip.Sound.FadeIn, s.clip.Sound.FadeOut, s.sample(s.first+s.from)-s.sample(s.first), s.sample(s.last)-s.sample(s.first))
	return append(append(chain, fades...), fmt.Sprintf("apad=whole_len=%d", n), fmt.Sprintf("atrim=end_sample=%d", n), "asetpts=N/SR/TB")
}

// tempo has a sound go faster or slower and keep its pitch. ffmpeg slows down to
// a half at most in one step.
func tempo(speed Ratio) []string {
	var chain []string
	v := speed.Float()
	for ; v < 0.5; v *= 2 {
		chain = append(chain, "atempo=0.5")
	}
	return append(chain, fmt.Sprintf("atempo=%.9f", v))
}

// fades turns a sound up at its beginning and down at its end. What comes in
// begins at sample from of the sound's length.
func (a *Assembly) fades(in, out Time, from, length int64) []string {
	chain := []string{fmt.Sprintf("asetpts=(N+%d)/SR/TB", from)}
	if n := min(length, in.SamplesRound(a.Output.SampleRate)); n > 0 {
		chain = append(chain, fmt.Sprintf("afade=t=in:ss=0:ns=%d", n))
	}
	if n := min(length, out.SamplesRound(a.Output.SampleRate)); n > 0 {
		chain = append(chain, fmt.Sprintf("afade=t=out:ss=%d:ns=%d", length-n, n))
	}
	if len(chain) == 1 {
		return nil
	}
	return append(chain, "asetpts=N/SR/TB")
}

// stereo brings a stream to two channels. A single one is heard as loud from
// both as it is alone; ffmpeg's own way is 3 dB less.
func stereo(a *Stream) string {
	if a.Channels == 1 {
		return "aformat=sample_fmts=fltp,pan=stereo|c0=c0|c1=c0"
	}
	return "aformat=sample_fmts=fltp:channel_layouts=stereo"
}
