package call

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// DataKind is what a channel beside the media carries; its number is that of
// the channel on the wire.
type DataKind int

// The channels. All of them are ordered and reliable.
const (
	ChatData  DataKind = 1 + iota // see chatMessage
	FilesData                     // see fileMessage
	BytesData                     // see fileBytes
	StateData                     // see SideState
)

// DataKinds are all of them, by the names that they have in a description.
var DataKinds = map[DataKind]string{ChatData: "chat", FilesData: "files", BytesData: "bytes", StateData: "state"}

// MaxData bounds one message of a channel, in bytes.
const MaxData = 16 << 10

// ErrNoData is returned where nothing can be sent beside the media: there is
// no call, or the other side's program knows nothing of it.
var ErrNoData = errors.New("nothing can be sent now: there is no call, or the other side's Parley is too old for it")

// Data is the way to the other side beside the media, encrypted like it.
type Data interface {
	Channel(DataKind) Channel
	// Fingerprint is of the other side's certificate.
	Fingerprint() string
}

// Channel carries messages. Send and Receive may be used by one goroutine each
// at the same time.
type Channel interface {
	// Send hands a message over. On BytesData it waits until it can go without
	// holding the picture up; on the others it does not wait.
	Send(message []byte) error
	// Receive waits for the next message, which is valid until the next call;
	// io.EOF at the end of the connection.
	Receive() ([]byte, error)
	// Fit is how large the next message of BytesData should be at most.
	Fit() int
}

// DataMedia is media with something to say beside it. SendData hands the way
// over once it is open, and nil when it is over.
type DataMedia interface{ SendData(Data) }

// cleanText makes a text from the other side fit to be shown: valid, without
// marks that turn it around, that cannot be seen, or that a terminal obeys;
// lines stay. It is cut at most bytes, between letters.
func cleanText(text string, most int) string {
	kept := make([]byte, 0, min(len(text), most))
	for _, r := range text {
		switch {
		case r == '\n', r == '\t':
		case r == '\r', r == utf8.RuneError, unicode.Is(unicode.Bidi_Control, r):
			continue
		case unicode.IsSpace(r): // the vertical ones too, and C1's
			r = ' '
		case !unicode.IsPrint(r):
			continue
		}
		if len(kept)+utf8.RuneLen(r) > most {
			break
		}
		kept = utf8.AppendRune(kept, r)
	}
	return string(kept)
}

// cleanLine is cleanText for what has to stay on one line.
func cleanLine(text string, most int) string {
	return strings.NewReplacer("\n", " ", "\t", " ").Replace(cleanText(text, most))
}
