package call

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// fileMessage is what goes over FilesData. IDs are chosen by who sends the file;
// Mine says that the ID is of the one who speaks.
//
//	sender                                 receiver
//	  offer{id,name,size,key}     ──>
//	                              <──      accept{id,from}, or refuse{id}
//	  bytes, over BytesData       ──>
//	  done{id,sha256}             ──>
//	                              <──      kept{id}, or broken{id}
//	  cancel{id}                  <─>      cancel{id}    (at any time)
//
// After a lost call the sender offers again what was not kept, and the receiver
// accepts it from where it stopped.
type fileMessage struct {
	Type   fileVerb `json:"type"`
	ID     uint32   `json:"id"`
	Mine   bool     `json:"mine,omitempty"`
	Name   string   `json:"name,omitempty"`
	Size   int64    `json:"size,omitempty"`
	Key    string   `json:"key,omitempty"`
	From   int64    `json:"from,omitempty"`
	SHA256 string   `json:"sha256,omitempty"`
}

type fileVerb string

const (
	fileOffer  fileVerb = "offer"
	fileAccept fileVerb = "accept"
	fileRefuse fileVerb = "refuse"
	fileCancel fileVerb = "cancel"
	fileDone   fileVerb = "done"
	fileKept   fileVerb = "kept"
	fileBroken fileVerb = "broken"
)

// Bounds of what is believed of a file.
const (
	maxFile     = 1 << 50 // bytes
	maxFileName = 255     // bytes
	keyBytes    = 1 << 20 // at the beginning of a file, that its key is made of
	bytesHead   = 12      // of a message of BytesData
)

var errFileMessage = errors.New("a message about a file that is not understood")

// decodeFile reads a message about a file and checks it.
func decodeFile(data []byte) (fileMessage, error) {
	var m fileMessage
	if err := json.Unmarshal(data, &m); err != nil {
		return m, fmt.Errorf("%w: %v", errFileMessage, err)
	}
	ok := true
	switch m.Type {
	case fileOffer:
		ok = m.Size >= 0 && m.Size <= maxFile && isHash(m.Key)
		m.Name = cleanLine(m.Name, maxFileName)
	case fileAccept:
		ok = m.From >= 0 && m.From <= maxFile
	case fileDone:
		ok = isHash(m.SHA256)
	case fileRefuse, fileCancel, fileKept, fileBroken:
	default:
		ok = false
	}
	if !ok {
		return m, fmt.Errorf("%w: %.20q", errFileMessage, m.Type)
	}
	return m, nil
}

// isHash knows 32 bytes in small hexadecimal digits.
func isHash(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == sha256.Size && hex.EncodeToString(b) == s
}

// encodeBytes writes a part of a file: whose, where it begins, and the bytes.
func encodeBytes(buf []byte, id uint32, offset int64, content []byte) []byte {
	buf = binary.BigEndian.AppendUint32(buf[:0], id)
	buf = binary.BigEndian.AppendUint64(buf, uint64(offset))
	return append(buf, content...)
}

// fileBytes reads it.
func fileBytes(message []byte) (id uint32, offset int64, content []byte, ok bool) {
	if len(message) < bytesHead || len(message) > MaxData {
		return 0, 0, nil, false
	}
	at := binary.BigEndian.Uint64(message[4:])
	return binary.BigEndian.Uint32(message), int64(at), message[bytesHead:], at <= maxFile
}

// keyOf tells a file from others by its beginning and its size, and leaves it
// at its beginning.
func keyOf(f FileSource) (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, io.LimitReader(f, keyBytes)); err != nil {
		return "", err
	}
	h.Write([]byte(strconv.FormatInt(f.Size(), 10)))
	_, err := f.Seek(0, io.SeekStart)
	return hex.EncodeToString(h.Sum(nil)), err
}
