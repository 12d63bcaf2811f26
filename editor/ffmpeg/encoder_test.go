package ffmpeg

import (
	"errors"
	"strings"
	"testing"
)

func TestHasEncoder(t *testing.T) {
	tools := found(t)
	for _, name := range []string{"libx264", "aac", "png"} {
		if err := tools.HasEncoder(t.Context(), name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"libnope", "", "-y", "aac,libx264", "h264_v4l2m2m_absent"} {
		err := tools.HasEncoder(t.Context(), name)
		if !errors.Is(err, ErrEncoder) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// A listed encoder is no working one: this one exists and takes no such
// picture.
func TestListedEncoderIsTried(t *testing.T) {
	tools := found(t)
	err := tools.HasEncoder(t.Context(), "dvvideo")
	if !errors.Is(err, ErrEncoder) || !strings.Contains(err.Error(), "does not work here") {
		t.Errorf("said %v", err)
	}
}

func TestEncoders(t *testing.T) {
	for _, e := range found(t).Encoders(t.Context()) {
		if e.Needed && e.Err != nil {
			t.Errorf("%s: %v", e.Name, e.Err)
		}
		if e.Name == "" || e.Use == "" || e.Kind == "" {
			t.Errorf("%+v", e)
		}
	}
}
