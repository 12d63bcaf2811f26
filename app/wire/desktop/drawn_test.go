package desktop

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/editor"
)

func TestPeaksAreKept(t *testing.T) {
	peaks := []editor.Peak{{Low: -128, High: 127}, {}, {Low: -1, High: 0}}
	if got := peaksOf(bytesOf(peaks)); !cmp.Equal(got, peaks) {
		t.Errorf("%v, want %v", got, peaks)
	}
	if got := peaksOf([]byte{1, 2, 3}); len(got) != 1 {
		t.Errorf("a torn file: %v", got)
	}
}
