//go:build endtoend

package endtoend

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// parse reads what a verb printed as JSON.
func parse(t *testing.T, p *process, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(p.output()), into); err != nil {
		t.Fatalf("%s does not print JSON: %v\n%s", p.name, err, p.output())
	}
}

func TestDoctor(t *testing.T) {
	p := parley(t, "doctor", "doctor", "--json", "--profile", t.TempDir())
	p.mustEnd(0)
	var found []struct {
		What   string
		OK     bool
		Needed bool
		Detail string
		Mend   string
	}
	parse(t, p, &found)
	told := map[string]bool{}
	for _, f := range found {
		told[f.What] = true
		if f.Needed && !f.OK {
			t.Errorf("%s is missing here: %s", f.What, f.Detail)
		}
		if f.Detail == "" || !f.OK && f.Mend == "" && !strings.HasPrefix(f.What, "encoder") {
			t.Errorf("%s: no detail, or no command that mends it: %+v", f.What, f)
		}
	}
	for _, what := range []string{"ffmpeg", "encoder libx264", "encoder aac", "titles and effects", "fonts for titles", "camera", "microphone", "speaker", "display", "port 27539 TCP", "port 27539 UDP", "data folder"} {
		if !told[what] {
			t.Errorf("nothing is said of %s", what)
		}
	}
}

// A doctor that finds what cannot be done without says so by its status.
func TestDoctorWithoutFFmpeg(t *testing.T) {
	p := start(t, "doctor", environment(t, "PATH="+t.TempDir()), program, "doctor", "--profile", t.TempDir())
	p.mustEnd(1)
	if !strings.Contains(p.output(), "apt-get install ffmpeg") {
		t.Errorf("the command that mends it is missing:\n%s", p.output())
	}
}

func TestDevices(t *testing.T) {
	p := parley(t, "devices", "devices", "--json")
	p.mustEnd(0)
	var list []struct{ Kind, Name string }
	parse(t, p, &list)
	for _, d := range list {
		if d.Kind == "" || d.Name == "" {
			t.Errorf("a device without a kind or a name: %+v", d)
		}
	}
}

func TestProbeAndJoin(t *testing.T) {
	dir := t.TempDir()
	clip, still, film := filepath.Join(dir, "clip.mov"), filepath.Join(dir, "still.png"), filepath.Join(dir, "film.mp4")
	tool(t, "ffmpeg", "-v", "error", "-nostdin", "-f", "lavfi", "-i", "testsrc2=s=720x576:r=30000/1001:d=2,setsar=4/5",
		"-f", "lavfi", "-i", "sine=440:r=44100:d=2", "-c:v", "mpeg4", "-c:a", "aac", clip)
	tool(t, "ffmpeg", "-v", "error", "-nostdin", "-f", "lavfi", "-i", "testsrc=s=640x480:d=1", "-frames:v", "1", still)
	p := parley(t, "probe", "probe", "--json", clip)
	p.mustEnd(0)
	var media struct {
		Streams []struct {
			Kind, Codec   string
			Width, Height int
			FrameRate     struct{ Num, Den int } `json:"frame_rate"`
			SampleRate    int                    `json:"sample_rate"`
		}
	}
	parse(t, p, &media)
	if len(media.Streams) != 2 {
		t.Fatalf("%d streams, want 2:\n%s", len(media.Streams), p.output())
	}
	v, a := media.Streams[0], media.Streams[1]
	if v.Codec != "mpeg4" || v.Width != 576 || v.Height != 576 || v.FrameRate.Num != 30000 || v.FrameRate.Den != 1001 {
		t.Errorf("the picture is told as %+v, want mpeg4, shown as 576x576, 30000/1001", v)
	}
	if a.Kind != "audio" || a.Codec != "aac" || a.SampleRate != 44100 {
		t.Errorf("the sound is told as %+v, want aac at 44100", a)
	}
	p = parley(t, "render", "render", still, clip, "-o", film)
	p.mustEnd(0)
	if got := seconds(t, probe(t, film).Format.Duration); got < titleLength+1.9 || got > titleLength+2.2 {
		t.Errorf("the film is %.2f s long, want %.1f", got, titleLength+2)
	}
	p = parley(t, "probe", "probe", "doc.go")
	p.mustEnd(1)
	mustSay(t, p, "doc.go")
}
