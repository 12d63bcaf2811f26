package editor

import "fmt"

// SamplesName is the standard input, from which an encoder takes bare samples:
// pairs of float32, little-endian.
const SamplesName = "pipe:0"

// SoundArgs compress bare samples (see SamplesName) of the file input into
// SoundName.
func (p *Plan) SoundArgs(input string) []string {
	args := append(p.samples(input), p.Output.compressSound()...)
	return append(args, "-map_metadata", "-1", "-f", p.Output.soundFile())
}

// PacketsArgs compress bare samples of the file input into a bare stream of
// AAC packets, of which the first begins one frame of 1024 samples early.
func (p *Plan) PacketsArgs(input string) []string {
	args := append(p.samples(input), p.Output.compressSound()...)
	return append(args, "-f", "adts")
}

func (p *Plan) samples(input string) []string {
	return []string{"-f", "f32le", "-ar", itoa(int64(p.Output.SampleRate)), "-ac", "2", "-i", input, "-map", "0:a"}
}

// PCMArgs decompress the bare AAC stream input into bare samples.
func PCMArgs(input string) []string {
	return []string{"-f", "aac", "-i", input, "-map", "0:a", "-c:a", "pcm_f32le", "-f", "f32le"}
}

// aacFrame is how many samples an AAC packet adds.
const aacFrame = 1024

// SoundFileArgs put the film's AAC packets, a bare stream that begins one
// packet early, into SoundName: an edit list hides the first, and the last
// lasts no longer than the film.
func (p *Plan) SoundFileArgs(input string) []string {
	rate := int64(p.Output.SampleRate)
	frames := (p.Samples + aacFrame - 1) / aacFrame
	rest := p.Samples - (frames-1)*aacFrame
	early := Rational(-aacFrame, rate).String()
	return []string{
		"-itsoffset", early, "-f", "aac", "-i", input, "-map", "0:a", "-c", "copy",
		"-bsf:a", fmt.Sprintf("aac_adtstoasc,setts=duration='if(N,(PTS-PREV_INPTS)*if(eq(N,%d),%d,%d)/%d,%d)'", frames, rest, aacFrame, aacFrame, aacFrame),
		"-map_metadata", "-1", "-f", "mp4",
	}
}
