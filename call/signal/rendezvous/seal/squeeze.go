package seal

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"

	"parley/call"
)

// squeezed is the first byte of a message that is squeezed; JSON never begins
// with it.
const squeezed = 0

// squeeze makes a message shorter where it can be. What is squeezed is one
// side's own and said once, so that its length tells nothing of the secret.
func squeeze(plain []byte) []byte {
	var b bytes.Buffer
	b.WriteByte(squeezed)
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return plain
	}
	if _, err = w.Write(plain); err != nil || w.Close() != nil || b.Len() >= len(plain) {
		return plain
	}
	return b.Bytes()
}

// expand undoes it, for as much as a message may be.
func expand(plain []byte) ([]byte, error) {
	if len(plain) == 0 || plain[0] != squeezed {
		return plain, nil
	}
	r := flate.NewReader(bytes.NewReader(plain[1:]))
	whole, err := io.ReadAll(io.LimitReader(r, call.MaxMessage+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", call.ErrMessage, err)
	}
	return whole, nil
}
