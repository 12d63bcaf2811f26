package editor

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// ErrText is what bytes that are no text are answered with.
var ErrText = errors.New("this is no text file")

// DecodeText reads a text file in the encodings that text files come in: UTF-8
// and UTF-16, with and without a byte order mark, and Windows-1252 where it is
// neither. The lines of the answer end with "\n" alone.
func DecodeText(data []byte) (string, error) {
	text, err := decodeBytes(data)
	if err != nil {
		return "", err
	}
	if strings.ContainsRune(text, 0) {
		return "", ErrText
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\uFEFF", "").Replace(text), nil
}

func decodeBytes(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return strings.ToValidUTF8(string(data[3:]), "\uFFFD"), nil
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return decodeUTF16(data[2:], binary.LittleEndian), nil
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decodeUTF16(data[2:], binary.BigEndian), nil
	case bytes.IndexByte(data, 0) >= 0:
		return decodeUTF16(data, likelyOrder(data)), nil
	case utf8.Valid(data):
		return string(data), nil
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(data)
	return string(text), err
}

// likelyOrder goes by where the zeros stand that UTF-16 puts beside digits.
func likelyOrder(data []byte) binary.ByteOrder {
	var zeros [2]int
	for i, b := range data[:min(len(data), 4096)] {
		if b == 0 {
			zeros[i%2]++
		}
	}
	if zeros[0] > zeros[1] {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

func decodeUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}
