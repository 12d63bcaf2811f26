package editor

// Original is a stream of a file of which a sound segment is a part as it is:
// it has what the film's sound has to have, and nothing is done to it but what
// the mixing does. Its packets can be in the film without being encoded again.
type Original struct {
	Media  *Media
	Stream int  // the stream's index
	At     Time // the file's time stamp of the segment's first sample
	End    Time // and of the one behind its last
}

// original is what the scene's sound is a part of, nil where it is not.
func (s *scene) original() *Original {
	voices := s.voices()
	if len(voices) != 1 || !s.Output.keepsSound() || s.clip.Sound.Denoise || s.clip.Sound.Gain != 0 {
		return nil
	}
	if v := s.clip.speed(); v.Num != v.Den {
		return nil
	}
	v := voices[0]
	if a := v.stream; a.Codec != "aac" || a.Profile != "LC" || a.SampleRate != s.Output.SampleRate || a.Channels != 2 {
		return nil
	}
	return &Original{Media: v.media, Stream: v.stream.Index, At: v.origin.Add(s.moment(0)), End: v.origin.Add(s.moment(s.frames))}
}

// keepsSound says whether sound that is compressed as the film's is may stay
// as it is.
func (o Output) keepsSound() bool {
	return !o.Recode && o.MaxSize == 0 && (o.Format == "" || o.Format == MP4 || o.Format == M4A)
}

// PacketArgs copy the packets of a stream between two of its file's time
// stamps, and some more on either side, into the ADTS file name, and list them
// on the standard output as framecrc does.
func PacketArgs(m *Media, stream int, from, to Time, open Opener, name string) []string {
	args := append([]string{"-copyts"}, newWindow(m, from).args()...)
	args = append(append(args, "-to", to.Add(Rational(1, 1)).String()), open(m)...)
	which := "0:" + itoa(int64(stream))
	return append(args,
		"-map", which, "-c", "copy", "-f", "adts", name,
		"-map", which, "-c", "copy", "-f", "framecrc", "pipe:1")
}
