package ffmpeg

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/editor"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The answers in testdata are ffprobe 5.1's, of files made with ffmpeg.
func TestParseAnswer(t *testing.T) {
	answers, err := filepath.Glob("testdata/*.json")
	if err != nil || len(answers) < 9 {
		t.Fatalf("%d answers, %v", len(answers), err)
	}
	for _, path := range answers {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		m, err := parseAnswer(data)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		got, err := json.MarshalIndent(m, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		golden := strings.TrimSuffix(path, ".json") + ".golden"
		if *update {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), string(got)); d != "" {
			t.Errorf("%s:\n%s", path, d)
		}
	}
}

func TestStreamOfNoType(t *testing.T) {
	m, err := parseAnswer([]byte(`{"streams":[{"index":0,"width":64,"height":48},{"index":1,"channels":2,"sample_rate":"8000"},{"index":2}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []editor.StreamKind{editor.VideoStream, editor.AudioStream, untold}
	for i, s := range m.Streams {
		if s.Kind != want[i] {
			t.Errorf("stream %d is %q, want %q", i, s.Kind, want[i])
		}
	}
	if told(m) {
		t.Error("a picture without a codec counts as told")
	}
	drop(m)
	for _, s := range m.Streams {
		if s.Kind != editor.DataStream {
			t.Errorf("%+v is kept", s)
		}
	}
	if len(m.Warnings) != 3 {
		t.Errorf("warnings %q", m.Warnings)
	}
}

func TestDisplayedSize(t *testing.T) {
	for _, c := range []struct {
		w, h     int
		sar      string
		rotation float64 // as ffprobe tells it
		wantW    int
		wantH    int
		turned   int
	}{
		{720, 576, "4:5", 0, 576, 576, 0},
		{720, 576, "64:45", 0, 1024, 576, 0},
		{1920, 1080, "N/A", -90, 1080, 1920, 90},
		{1920, 1080, "0:1", 90, 1080, 1920, 270},
		{1920, 1080, "1:1", 180, 1920, 1080, 180},
		{1920, 1080, "1:1", -180, 1920, 1080, 180},
		{1920, 1080, "1:1", 360, 1920, 1080, 0},
		{720, 480, "8:9", -90, 480, 640, 90},
		{1, 1, "1:1000", 0, 1, 1, 0},
	} {
		s := answerStream{Type: "video", Width: c.w, Height: c.h, SAR: c.sar, SideData: []answerSideData{{Rotation: &c.rotation}}}.stream()
		if s.Width != c.wantW || s.Height != c.wantH || s.Rotation != c.turned {
			t.Errorf("%dx%d SAR %s turned %v: %dx%d, %d°, want %dx%d, %d°", c.w, c.h, c.sar, c.rotation, s.Width, s.Height, s.Rotation, c.wantW, c.wantH, c.turned)
		}
	}
}

func FuzzParseAnswer(f *testing.F) {
	f.Add([]byte(`{"format":{"duration":"1e300","start_time":"NaN"},"streams":[{"codec_type":"video","width":-1,"time_base":"1/0","start_pts":-9223372036854775808,"duration_ts":9223372036854775807}]}`))
	f.Add([]byte(`{"streams":[{"width":64,"height":99999999,"sample_aspect_ratio":"2147483647:1","r_frame_rate":"0/0","side_data_list":[{"rotation":1e300}]}],"frames":[{}]}`))
	if data, err := os.ReadFile("testdata/rotated.json"); err == nil {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := parseAnswer(data)
		if err != nil {
			return
		}
		if told(m) {
			scan{head: map[int]*track{}, tail: map[int]*track{}}.apply(m)
		}
		drop(m)
		settle(m)
		InputOptions(m)
		if m.Duration.Num() < 0 {
			t.Errorf("lasts %v", m.Duration)
		}
		for _, s := range m.Streams {
			if s.Width < 0 || s.Height < 0 || s.Width > maxPicture || s.Height > maxPicture || s.Rotation%90 != 0 || s.Rotation < 0 || s.Rotation > 270 {
				t.Errorf("%+v", s)
			}
		}
	})
}
