package editor

import (
	"fmt"
	"slices"
	"strings"
)

func (o Output) checkFormat() error {
	known := o.Format == "" || slices.Contains(Formats(), o.Format)
	switch {
	case !known:
		return fmt.Errorf("%w: files of the kind %q are not known to this version; choose one of %s", ErrOutput, o.Format, list(Formats()))
	case !o.Format.holds(o.Codec):
		return fmt.Errorf("%w: a %s file cannot hold %s pictures; it can hold %s", ErrOutput, o.format(), o.Codec, orNone(list(o.Format.codecs())))
	case o.Effort != "" && o.Effort != Quick && o.Effort != Medium && o.Effort != Slow:
		return fmt.Errorf("%w: an effort of %q; choose quick, medium or slow", ErrOutput, o.Effort)
	}
	if err := o.checkEncoder(); err != nil {
		return err
	}
	switch o.Fit {
	case "", FitInside, FitFill, FitBlur:
		return nil
	}
	return fmt.Errorf("%w: %q is no way to fit a picture that this version knows", ErrOutput, o.Fit)
}

func (o Output) checkEncoder() error {
	if o.Encoder == "" {
		return nil
	}
	h, ok := HardwareNamed(o.Encoder)
	switch {
	case !ok:
		return fmt.Errorf("%w: %q is no encoder in hardware that Parley knows; leave it out, and the film is encoded as usual", ErrOutput, o.Encoder)
	case h.Codec != o.codec() || o.Format == GIF || o.Format.Poster():
		return fmt.Errorf("%w: %s makes %s pictures, and the film is to have others; leave it out", ErrOutput, o.Encoder, h.Codec)
	case o.MaxSize != 0:
		return fmt.Errorf("%w: %s cannot look twice, as a size that is given asks for; leave one of them out", ErrOutput, o.Encoder)
	}
	return nil
}

// smallestFile bounds MaxSize, in bytes.
const smallestFile = 10_000

func (o Output) checkSize() error {
	worst := compressors[o.codec()].worst
	switch {
	case o.Quality < 0 || o.Quality > worst:
		return fmt.Errorf("%w: a quality of %d; %s takes 1 (best) to %d", ErrOutput, o.Quality, o.codec(), worst)
	case o.SoundBits != 0 && (o.SoundBits < 32_000 || o.SoundBits > 512_000):
		return fmt.Errorf("%w: sound of %d bit/s; choose 32000 to 512000", ErrOutput, o.SoundBits)
	case o.MaxSize != 0 && o.MaxSize < smallestFile:
		return fmt.Errorf("%w: a film of %d bytes; choose %d at least", ErrOutput, o.MaxSize, smallestFile)
	case o.MaxSize != 0 && !o.Sizable():
		return fmt.Errorf("%w: the size of a %s file of %s pictures cannot be chosen beforehand; leave it open, or choose mp4 or webm with %s", ErrOutput, o.format(), o.codec(), list(twoPass()))
	case o.Moment.Cmp(Time{}) < 0 || o.Moment.Cmp(maxTime) > 0:
		return fmt.Errorf("%w: a picture of the film at %s s", ErrOutput, o.Moment)
	}
	return nil
}

// Sizable says whether the film can be brought to a size that is given.
func (o Output) Sizable() bool {
	return o.Format.Seen() && o.Format.Heard() && compressors[o.codec()].passes
}

// twoPass are the codecs whose encoders can look twice.
func twoPass() []Codec {
	return slices.DeleteFunc(Codecs(), func(c Codec) bool { return !compressors[c].passes })
}

func (o Output) format() Format {
	if o.Format == "" {
		return MP4
	}
	return o.Format
}

// list writes names one after the other: "a, b or c".
func list[T ~string](names []T) string {
	var b strings.Builder
	for i, n := range names {
		switch {
		case i > 0 && i == len(names)-1:
			b.WriteString(" or ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(string(n))
	}
	return b.String()
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}
