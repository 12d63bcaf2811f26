package editor

// Format is the kind of file that a film is.
type Format string

// The formats; the empty one is MP4.
const (
	MP4  Format = "mp4"  // picture and AAC sound, plays everywhere
	WebM Format = "webm" // picture and Opus sound, for web pages
	M4A  Format = "m4a"  // AAC sound alone
	Opus Format = "opus" // Opus sound alone, in Ogg
	GIF  Format = "gif"  // pictures alone, 256 colours
	PNG  Format = "png"  // one picture, exact
	JPEG Format = "jpeg" // one picture, small
)

// Formats are all of them.
func Formats() []Format { return []Format{MP4, WebM, M4A, Opus, GIF, PNG, JPEG} }

// Ext is the ending of a file of the format, with its dot.
func (f Format) Ext() string {
	switch f {
	case "":
		return ".mp4"
	case JPEG:
		return ".jpg"
	}
	return "." + string(f)
}

// Seen says whether there are pictures in the format.
func (f Format) Seen() bool { return f != M4A && f != Opus }

// Heard says whether there is sound in the format.
func (f Format) Heard() bool { return f == "" || f == MP4 || f == WebM || !f.Seen() }

// Poster says whether the format is one picture.
func (f Format) Poster() bool { return f == PNG || f == JPEG }

// codecs are the codecs of pictures that the format can hold, the usual one
// first.
func (f Format) codecs() []Codec {
	switch f {
	case "", MP4:
		return []Codec{H264, HEVC, AV1, VP9}
	case WebM:
		return []Codec{VP9, AV1}
	case GIF:
		return []Codec{H264} // on the way
	}
	return nil
}
