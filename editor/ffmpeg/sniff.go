package ffmpeg

import (
	"bytes"
	"io"
	"os"
	"strings"
	"unicode/utf8"
)

// headSize is how much of a file's beginning is looked at, in bytes.
const headSize = 4 << 10

// guess is what a file is, going by its first bytes.
type guess struct {
	sentence string // what it is, for a person; empty for media and for what is not known
	hint     string
	cause    error
	picture  bool // to be read as one picture
	heif     bool // a HEIC or AVIF picture
	webpAnim bool // an animated WebP
	loop     bool // may be an animation in a container that cannot seek
}

// magic is a beginning that tells what a file is and that no media has.
type magic struct{ start, sentence, hint string }

var magics = []magic{
	{"%PDF-", "this is a PDF document", "export its pages as PNG pictures and use those"},
	{"PK\x05\x06", "this is an empty zip archive", "choose a video, sound or picture"},
	{"\x1f\x8b", "this is a gzip archive", "unpack it and use what is inside"},
	{"BZh", "this is a bzip2 archive", "unpack it and use what is inside"},
	{"7z\xbc\xaf\x27\x1c", "this is a 7-Zip archive", "unpack it and use what is inside"},
	{"\xfd7zXZ\x00", "this is an xz archive", "unpack it and use what is inside"},
	{"\x28\xb5\x2f\xfd", "this is a zstd archive", "unpack it and use what is inside"},
	{"Rar!\x1a\x07", "this is a RAR archive", "unpack it and use what is inside"},
	{"\x7fELF", "this is a program", "choose a video, sound or picture"},
	{"MZ\x90", "this is a Windows program", "choose a video, sound or picture"},
	{"\xca\xfe\xba\xbe", "this is a program", "choose a video, sound or picture"},
	{"#!/", "this is a script", "choose a video, sound or picture"},
	{"{\\rtf", "this is a text document", "export it as a picture and use that"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "this is an office document", "export its pages as PNG pictures and use those"},
	{"SQLite format 3\x00", "this is a database", "choose a video, sound or picture"},
	{"8BPS", "this is a Photoshop document", "export it as PNG and use that"},
	{"-----BEGIN ", "this is a key or a certificate", "choose a video, sound or picture"},
}

// playlists begin with one of these, in small letters, and only name others.
var playlists = []string{"#extm3u", "ffconcat version", "[playlist]", "<asx", "<smil", "v=0\r\no=", "v=0\no="}

// sniff goes by the beginning of a file.
func sniff(path string) (guess, error) {
	head, err := readHead(path)
	if err != nil {
		return guess{}, err
	}
	return recognise(head), nil
}

func readHead(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fileError(path, err)
	}
	defer f.Close()
	head := make([]byte, headSize)
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return nil, fileError(path, err)
	}
	return head[:n], nil
}

// recognise is sniff without the file.
func recognise(head []byte) guess {
	if g := recognisePicture(head); g != (guess{}) {
		return g
	}
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.start)) {
			return guess{sentence: m.sentence, hint: m.hint, cause: ErrNoMedia}
		}
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return archive(head)
	}
	return recogniseText(head)
}

// archive tells an office document from another zip by the names inside.
func archive(head []byte) guess {
	for _, inside := range []string{"word/", "xl/", "ppt/", "[Content_Types].xml", "mimetypeapplication/"} {
		if bytes.Contains(head, []byte(inside)) {
			return guess{sentence: "this is an office document", hint: "export its pages as PNG pictures and use those", cause: ErrNoMedia}
		}
	}
	return guess{sentence: "this is a zip archive", hint: "unpack it and use what is inside", cause: ErrNoMedia}
}

// recogniseText tells a playlist and a web page; other text is left to
// ffprobe, which knows subtitles and vector pictures.
func recogniseText(head []byte) guess {
	text := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(string(head), "\ufeff")))
	for _, p := range playlists {
		if strings.HasPrefix(text, p) {
			return playlist()
		}
	}
	switch {
	case strings.HasPrefix(text, "<!doctype html"), strings.HasPrefix(text, "<html"):
		return guess{sentence: "this is a web page", hint: "download the video itself and use that", cause: ErrNoMedia}
	case strings.HasPrefix(text, "<") && (strings.Contains(text, "<mpd") || strings.Contains(text, "<compositionplaylist")):
		return playlist()
	}
	return guess{}
}

func playlist() guess {
	return guess{sentence: "this is a playlist: it names other files or addresses, which Parley does not follow",
		hint: "use the files that it names instead", cause: ErrReference}
}

// recognisePicture goes by the signature, not by the name: a pattern in the
// name of a picture must not be taken for a row of pictures.
func recognisePicture(head []byte) guess {
	at := func(i int, s string) bool { return len(head) >= i+len(s) && string(head[i:i+len(s)]) == s }
	switch {
	case at(0, "\xff\xd8\xff"), at(0, "BM") && at(6, "\x00\x00\x00\x00"), at(0, "II*\x00"), at(0, "MM\x00*"):
		return guess{picture: true}
	case at(0, "\x89PNG\r\n\x1a\n"):
		anim := bytes.Contains(head, []byte("acTL"))
		return guess{picture: !anim, loop: anim}
	case at(0, "GIF8"):
		return guess{loop: true}
	case at(0, "RIFF") && at(8, "WEBP"):
		anim := at(12, "VP8X") && len(head) > 20 && head[20]&2 != 0
		return guess{picture: !anim, webpAnim: anim, loop: anim}
	case at(4, "ftyp") && pictureBrand(head):
		return guess{heif: true}
	}
	return guess{}
}

// pictureBrand says whether the major brand is one of ISO/IEC 23008-12 (HEIF)
// or of AVIF.
func pictureBrand(head []byte) bool {
	if len(head) < 12 {
		return false
	}
	switch string(head[8:12]) {
	case "heic", "heix", "heim", "heis", "mif1", "avif":
		return true
	}
	return false
}

// looksLikeText says whether the bytes are UTF-8 without control characters.
func looksLikeText(head []byte) bool {
	if len(head) == headSize { // the cut may have gone through a character
		head = head[:headSize-utf8.UTFMax]
		for len(head) > 0 && !utf8.Valid(head) && len(head) > headSize-3*utf8.UTFMax {
			head = head[:len(head)-1]
		}
	}
	return utf8.Valid(head) && !bytes.ContainsAny(head, "\x00\x01\x02\x03\x04\x05\x06\x07\x08")
}
