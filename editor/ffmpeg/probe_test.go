package ffmpeg

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/editor"
)

const (
	pattern = "-f lavfi -i testsrc2=size=320x240:rate=25:duration="
	tone    = " -f lavfi -i sine=sample_rate=48000:duration="
)

// withOrientation puts an EXIF orientation into a JPEG.
func withOrientation(jpeg []byte, orientation byte) []byte {
	exif := append([]byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00"), orientation, 0, 0, 0, 0, 0, 0, 0)
	out := append([]byte("\xff\xd8\xff\xe1"), 0, 0)
	binary.BigEndian.PutUint16(out[4:], uint16(len(exif)+2))
	return append(append(out, exif...), jpeg[2:]...)
}

func turnedJPEG(t *testing.T, tools *Tools, orientation byte) string {
	path := generate(t, tools, "plain.jpg", "-f lavfi -i color=red:size=32x32,pad=64:32:0:0:blue -frames:v 1")
	jpeg, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return write(t, "turned.jpg", string(withOrientation(jpeg, orientation)))
}

func TestProbeClip(t *testing.T) {
	tools := found(t)
	path := generate(t, tools, "clip.mp4", "-f lavfi -i testsrc2=size=720x576:rate=30000/1001:duration=2 -f lavfi -i sine=sample_rate=44100:duration=2"+
		" -vf setsar=4/5 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv -c:a aac -ac 2")
	m := probe(t, tools, path)
	v, a := video(t, m), audio(t, m)
	if v.Codec != "h264" || v.Width != 576 || v.Height != 576 || v.CodedWidth != 720 || v.SAR != (editor.Ratio{Num: 4, Den: 5}) {
		t.Errorf("picture %+v", v)
	}
	if v.FrameRate != (editor.Ratio{Num: 30000, Den: 1001}) || v.AverageRate != v.FrameRate || v.VariableRate || v.VariableSize {
		t.Errorf("rates of %+v", v)
	}
	if v.PixelFormat != "yuv420p" || v.FullRange || v.ColorSpace != "bt709" || v.ColorPrimaries != "bt709" || v.ColorTransfer != "bt709" {
		t.Errorf("colour of %+v", v)
	}
	if a.Codec != "aac" || a.SampleRate != 44100 || a.Channels != 2 || a.Layout != "stereo" || a.Measured || !near(a.Duration, 2, 0.03) {
		t.Errorf("sound %+v", a)
	}
	if m.Still || m.Deep || !near(m.Duration, 2, 0.05) || m.Path != path || m.Size == 0 {
		t.Errorf("file %+v", m)
	}
}

func TestProbeStills(t *testing.T) {
	tools := found(t)
	for _, c := range []struct {
		name, args, codec string
		full, alpha       bool
	}{
		{"a.jpg", "-frames:v 1 -pix_fmt yuvj420p", "mjpeg", true, false},
		{"a.png", "-frames:v 1 -pix_fmt rgba", "png", true, true},
		{"a.webp", "-frames:v 1 -c:v libwebp", "webp", false, false},
		{"a.gif", "-frames:v 1", "gif", false, true},
		{"a.bmp", "-frames:v 1", "bmp", false, false},
	} {
		m := probe(t, tools, generate(t, tools, c.name, pattern+"1 "+c.args))
		v := video(t, m)
		if !m.Still || m.Animated || m.Duration != (editor.Time{}) || v.Duration != (editor.Time{}) || v.FrameRate.Known() || v.VariableRate {
			t.Errorf("%s is no still: %+v", c.name, m)
		}
		if v.Codec != c.codec || v.Width != 320 || v.Height != 240 || v.Alpha != c.alpha || c.name == "a.jpg" && v.FullRange != c.full {
			t.Errorf("%s: %+v", c.name, v)
		}
	}
}

func TestProbeTurnedPictures(t *testing.T) {
	tools := found(t)
	for orientation, want := range map[byte]int{1: 0, 3: 180, 6: 90, 8: 270} {
		v := video(t, probe(t, tools, turnedJPEG(t, tools, orientation)))
		if v.Rotation != want || (v.Width < v.Height) != (want%180 == 90) {
			t.Errorf("orientation %d: turned %d, %dx%d", orientation, v.Rotation, v.Width, v.Height)
		}
	}
}

func TestProbeAnimatedGIF(t *testing.T) {
	tools := found(t)
	m := probe(t, tools, generate(t, tools, "a.gif", "-f lavfi -i testsrc2=size=64x48:rate=10:duration=1"))
	if m.Still || !m.Animated || !near(m.Duration, 1, 0.01) || video(t, m).Frames != 10 {
		t.Errorf("%+v", m)
	}
}

func TestProbeVariableRate(t *testing.T) {
	tools := found(t)
	m := probe(t, tools, generate(t, tools, "vfr.mkv", pattern+"4 -vf select=not(mod(n\\,3))+lt(n\\,50) -fps_mode vfr -c:v libx264 -preset ultrafast"))
	v := video(t, m)
	if !v.VariableRate || v.AverageRate.Float() < 15 || v.AverageRate.Float() > 18 || v.FrameRate.Float() != 25 {
		t.Errorf("%+v", v)
	}
}

func TestProbeSound(t *testing.T) {
	tools := found(t)
	for _, c := range []struct {
		name, args, codec string
		rate, channels    int
		layout            string
	}{
		{"mono.wav", "-f lavfi -i sine=sample_rate=8000:duration=1", "pcm_s16le", 8000, 1, "mono"},
		{"surround.mkv", "-f lavfi -i anoisesrc=duration=1:sample_rate=48000,aformat=channel_layouts=5.1 -c:a ac3", "ac3", 48000, 6, "5.1(side)"},
		{"music.mp3", "-f lavfi -i sine=sample_rate=44100:duration=1 -ac 2 -write_xing 0", "mp3", 44100, 2, "stereo"},
	} {
		m := probe(t, tools, generate(t, tools, c.name, c.args))
		a := audio(t, m)
		if a.Codec != c.codec || a.SampleRate != c.rate || a.Channels != c.channels || a.Layout != c.layout || !near(a.Duration, 1, 0.06) {
			t.Errorf("%s: %+v", c.name, a)
		}
		if _, ok := m.Video(); ok || m.Still {
			t.Errorf("%s has a picture: %+v", c.name, m)
		}
	}
}

func TestProbeCoverIsNoFilm(t *testing.T) {
	tools := found(t)
	cover := generate(t, tools, "c.jpg", pattern+"1 -frames:v 1")
	m := probe(t, tools, generate(t, tools, "song.mp3", "-f lavfi -i sine=duration=1 -i "+cover+" -map 0 -map 1 -c:v copy -disposition:v attached_pic -c:a libmp3lame"))
	if _, ok := m.Video(); ok || m.Still || len(m.Streams) != 2 || !m.Streams[1].Cover || !near(m.Duration, 1, 0.1) {
		t.Errorf("%+v", m)
	}
}

func TestProbeWMV(t *testing.T) {
	tools := found(t)
	m := probe(t, tools, generate(t, tools, "a.wmv", pattern+"2"+tone+"2 -c:v wmv2 -c:a wmav2"))
	if video(t, m).Codec != "wmv2" || audio(t, m).Codec != "wmav2" || audio(t, m).SampleRate != 48000 || !near(m.Duration, 2, 0.1) {
		t.Errorf("%+v", m)
	}
}

// The sound begins 8 s and 10 MB into the stream, beyond what ffprobe reads
// by itself; it then calls it mp3 without a rate.
func TestProbeLateSound(t *testing.T) {
	tools := found(t)
	m := probe(t, tools, generate(t, tools, "late.ts", pattern+"12 -itsoffset 8"+tone+"4 -c:v mpeg2video -b:v 10M -minrate 10M -maxrate 10M -bufsize 2M -c:a mp2"))
	v, a := video(t, m), audio(t, m)
	if !m.Deep || a.Codec != "mp2" || a.SampleRate != 48000 || !near(a.Start.Sub(v.Start), 8, 0.1) || !near(a.Duration, 4, 0.1) {
		t.Errorf("deep %v, sound %+v", m.Deep, a)
	}
	if !slices.Contains(InputOptions(m), "-probesize") {
		t.Error("a render would not find the late sound")
	}
}

func recording(t *testing.T, tools *Tools) []byte {
	data, err := os.ReadFile(generate(t, tools, "full.mkv", pattern+"20"+tone+"20 -c:v libx264 -preset ultrafast -g 25 -c:a libopus"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestProbeCutOffRecording(t *testing.T) {
	tools := found(t)
	data := recording(t, tools)
	m := probe(t, tools, write(t, "cut.mkv", string(data[:len(data)/3])))
	v, a := video(t, m), audio(t, m)
	if m.Duration.Float() < 4 || m.Duration.Float() > 10 || !v.Measured || !near(v.Duration, m.Duration.Float(), 0.3) || v.VariableRate || v.FrameRate.Float() != 25 {
		t.Errorf("lasts %v, picture %+v", m.Duration, v)
	}
	if a.SampleRate != 48000 || !near(a.Duration, v.Duration.Float(), 0.5) {
		t.Errorf("sound %+v", a)
	}
}

// A live recording was never told how long it became.
func TestProbeLiveRecording(t *testing.T) {
	tools := found(t)
	path := generate(t, tools, "live.mkv", pattern+"3"+tone+"3 -c:v libx264 -preset ultrafast -c:a libopus -live 1 -f matroska")
	if data, err := tools.Inspect(t.Context(), path, "-show_format"); err != nil || bytes.Contains(data, []byte(`"duration"`)) {
		t.Fatalf("the header tells a duration: %s %v", data, err)
	}
	m := probe(t, tools, path)
	if v := video(t, m); !near(m.Duration, 3, 0.05) || !v.Measured || !near(v.Duration, 3, 0.01) || v.Frames != 75 {
		t.Errorf("lasts %v, %+v", m.Duration, v)
	}
}

// A minute and more is not read whole: the beginning and the end must do.
func TestProbeLongRecording(t *testing.T) {
	tools := found(t)
	m := probe(t, tools, generate(t, tools, "long.mkv", "-f lavfi -i testsrc2=size=64x48:rate=5:duration=100"+tone+"100 -c:v libx264 -preset ultrafast -g 25 -c:a libopus"))
	if v := video(t, m); !near(m.Duration, 100, 0.1) || !near(v.Duration, 100, 0.2) || !v.Measured || v.FrameRate.Float() != 5 || v.VariableRate {
		t.Errorf("lasts %v, %+v", m.Duration, v)
	}
}

func TestProbeCutOffLongMP4(t *testing.T) {
	tools := found(t)
	path := generate(t, tools, "long.mp4", "-f lavfi -i testsrc2=size=64x48:rate=5:duration=100 -c:v libx264 -preset ultrafast -g 25 -movflags +faststart")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	v := video(t, probe(t, tools, write(t, "cut.mp4", string(data[:len(data)/2]))))
	if !v.Measured || v.Duration.Float() < 20 || v.Duration.Float() > 80 {
		t.Errorf("%+v", v)
	}
}

func TestProbeChangingSize(t *testing.T) {
	tools := found(t)
	var joined []byte
	for _, size := range []string{"320x240", "160x120"} {
		data, err := os.ReadFile(generate(t, tools, "a.ts", "-f lavfi -i testsrc2=rate=25:duration=1:size="+size+" -c:v libx264 -preset ultrafast"))
		if err != nil {
			t.Fatal(err)
		}
		joined = append(joined, data...)
	}
	if v := video(t, probe(t, tools, write(t, "both.ts", string(joined)))); !v.VariableSize {
		t.Errorf("a change of size is not seen: %+v", v)
	}
	if v := video(t, probe(t, tools, write(t, "one.ts", string(joined[:len(joined)*2/3])))); v.CodedWidth != 320 {
		t.Errorf("%+v", v)
	}
}

func TestProbeBareH264(t *testing.T) {
	tools := found(t)
	if v := video(t, probe(t, tools, generate(t, tools, "a.h264", pattern+"2 -c:v libx264 -preset ultrafast"))); !near(v.Duration, 2, 0.1) {
		t.Errorf("%+v", v)
	}
}

func TestProbeCancelled(t *testing.T) {
	tools := found(t)
	path := generate(t, tools, "a.mp4", pattern+"1")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := tools.Probe(ctx, path); !errors.Is(err, context.Canceled) {
		t.Errorf("said %v", err)
	}
}

func TestProbeRefuses(t *testing.T) {
	tools := found(t)
	subtitles := generate(t, tools, "s.mkv", "-f srt -i", write(t, "s.srt", "1\n00:00:01,000 --> 00:00:02,000\nhello\n\n"))
	for _, c := range []struct {
		name, path string
		cause      error
		has        string
	}{
		{"absent", filepath.Join(t.TempDir(), "absent.mp4"), ErrNoFile, "no file"},
		{"folder", t.TempDir(), ErrNoMedia, "folder"},
		{"device", "/dev/null", ErrNoMedia, "device"},
		{"empty", write(t, "a.mp4", ""), ErrNoMedia, "empty"},
		{"text", write(t, "a.mp4", "Dear diary,\ntoday…\n"), ErrNoMedia, "text"},
		{"pdf", write(t, "a.mp4", "%PDF-1.7\n…"), ErrNoMedia, "PDF"},
		{"zip", write(t, "a.mp4", "PK\x03\x04\x14\x00rest"), ErrNoMedia, "zip"},
		{"office", write(t, "a.mp4", "PK\x03\x04\x14\x00\x08word/document.xml"), ErrNoMedia, "office"},
		{"program", "/bin/sh", ErrNoMedia, "program"},
		{"web page", write(t, "a.mp4", "\n <!DOCTYPE HTML><html>404</html>"), ErrNoMedia, "web page"},
		{"noise", write(t, "a.mp4", strings.Repeat("\x8f\x9d\xfe\x81\x13", 5000)), ErrInvalid, "damaged"},
		{"subtitles", subtitles, ErrNoMedia, "neither picture nor sound"},
		{"half an mp4", write(t, "a.mp4", "\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2\x00\x00\x10\x00mdat"+strings.Repeat("\x01", 4088)), ErrInvalid, "cut off"},
	} {
		m, err := tools.Probe(t.Context(), c.path)
		if e, ok := asError(err); !ok || !errors.Is(err, c.cause) || !strings.Contains(e.Sentence, c.has) || e.Hint == "" || m != nil {
			t.Errorf("%s: %v\n%s", c.name, err, tailOf(err))
		}
	}
}

// Root may open everything, so that the missing permission is a made-up one.
func TestFileErrorOfPermission(t *testing.T) {
	if err := fileError("/a", os.ErrPermission); !errors.Is(err, ErrDenied) || !strings.Contains(err.Error(), "permissions") {
		t.Error(err)
	}
}
