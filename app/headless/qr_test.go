package headless

import (
	"strings"
	"testing"

	"rsc.io/qr"
)

// What is drawn, read back letter by letter, is the code.
func TestQRIsDrawnWhole(t *testing.T) {
	code, err := qr.Encode("https://meet.example/c/abc123#AAECAwQFBgcICQoLDA0ODw", qr.L)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(drawQR(code.Size, code.Black), "\n"), "\n")
	for row, line := range lines {
		line = strings.TrimSuffix(strings.TrimPrefix(line, "\x1b[30;107m"), "\x1b[0m")
		col := 0
		for _, r := range line {
			x, y := col-quietZone, 2*row-quietZone
			above, below := r == '▀' || r == '█', r == '▄' || r == '█'
			if above != code.Black(x, y) || below != code.Black(x, y+1) {
				t.Fatalf("at %d, %d there is %q", x, y, r)
			}
			col++
		}
		if col != code.Size+2*quietZone {
			t.Fatalf("row %d has %d letters", row, col)
		}
	}
	if want := (code.Size + 2*quietZone + 1) / 2; len(lines) != want {
		t.Errorf("%d rows, want %d", len(lines), want)
	}
}
