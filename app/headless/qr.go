package headless

import (
	"fmt"
	"io"
	"strings"

	"rsc.io/qr"
)

// quietZone is the white margin that ISO 18004 asks for around a code; scanners
// of today do with half of it.
const quietZone = 2

// printQR draws a text as a QR code with two pixels in each letter's place,
// black on white whatever the terminal's colours are.
func printQR(w io.Writer, text string) error {
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return fmt.Errorf("the link does not fit into a QR code: %w", err)
	}
	_, err = io.WriteString(w, drawQR(code.Size, code.Black))
	return err
}

func drawQR(size int, black func(x, y int) bool) string {
	var b strings.Builder
	blocks := [4]string{" ", "▄", "▀", "█"} // of what is black: none, below, above, both
	for y := -quietZone; y < size+quietZone; y += 2 {
		b.WriteString("\x1b[30;107m")
		for x := -quietZone; x < size+quietZone; x++ {
			b.WriteString(blocks[2*bit(black(x, y))+bit(black(x, y+1))])
		}
		b.WriteString("\x1b[0m\n")
	}
	return b.String()
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
