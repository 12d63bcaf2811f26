package ffmpeg

import (
	"errors"
	"strings"
	"testing"
)

func TestListedFilters(t *testing.T) {
	there := filterNames([]byte("Filters:\n  T.. = Timeline support\n ... vidstabdetect     V->V       Extract transforms\n TSC afftdn            A->A       Denoise\n ... movie             |->N       Read\n"))
	if len(there) != 3 || !there["vidstabdetect"] || !there["afftdn"] || !there["movie"] {
		t.Errorf("%v", there)
	}
}

func TestHasFilters(t *testing.T) {
	tools := found(t)
	if err := tools.HasFilters(t.Context(), "scale", "scale", "crop"); err != nil {
		t.Error(err)
	}
	err := tools.HasFilters(t.Context(), "fly", "scale", "levitate")
	if !errors.Is(err, ErrFilter) || !strings.Contains(err.Error(), "cannot fly") {
		t.Errorf("a filter that nobody has: %v", err)
	}
}
