//go:build endtoend

package endtoend

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"image"
	"os/exec"
	"slices"
	"strconv"
	"testing"

	"parley/call"
)

// tool runs a program to its end and returns its stdout.
func tool(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	var said bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, said.Bytes())
	}
	return out
}

// probed is what ffprobe says of a file.
type probed struct {
	Streams []struct {
		Kind       string `json:"codec_type"`
		Codec      string `json:"codec_name"`
		Profile    string `json:"profile"`
		Width      int    `json:"width"`
		Height     int    `json:"height"`
		SAR        string `json:"sample_aspect_ratio"`
		Format     string `json:"pix_fmt"`
		Range      string `json:"color_range"`
		Matrix     string `json:"color_space"`
		Transfer   string `json:"color_transfer"`
		Primaries  string `json:"color_primaries"`
		Rate       string `json:"r_frame_rate"`
		Average    string `json:"avg_frame_rate"`
		SampleRate string `json:"sample_rate"`
		Layout     string `json:"channel_layout"`
		Duration   string `json:"duration"`
	} `json:"streams"`
	Format struct {
		Duration string `json:"duration"`
	} `json:"format"`
}

func probe(t *testing.T, path string) probed {
	t.Helper()
	var p probed
	if err := json.Unmarshal(tool(t, "ffprobe", "-v", "error", "-show_streams", "-show_format", "-of", "json", path), &p); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return p
}

func seconds(t *testing.T, text string) float64 {
	t.Helper()
	s, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatalf("no number of seconds: %v", err)
	}
	return s
}

// frame is one decoded picture and its time stamp in the file, in seconds.
type frame struct {
	at  float64
	pic *call.Picture
}

// decode returns a file's pictures, scaled to w by h.
func decode(t *testing.T, path string, w, h int) []frame {
	t.Helper()
	raw := tool(t, "ffmpeg", "-v", "error", "-nostdin", "-i", path, "-map", "0:v:0",
		"-vf", fmt.Sprintf("scale=%d:%d:flags=area", w, h),
		"-fps_mode", "passthrough", "-pix_fmt", "yuv420p", "-f", "rawvideo", "pipe:1")
	stamps := stamps(t, path)
	size := w * h * 3 / 2
	if len(raw) != size*len(stamps) || len(raw) == 0 {
		t.Fatalf("%s: %d bytes decoded for %d frames of %d", path, len(raw), len(stamps), size)
	}
	frames := make([]frame, len(stamps))
	for i := range frames {
		frames[i] = frame{stamps[i], planes(raw[i*size:(i+1)*size], w, h)}
	}
	return frames
}

// stamps are the time stamps of a file's pictures in seconds, as they are
// shown one after the other.
func stamps(t *testing.T, path string) []float64 {
	t.Helper()
	var answer struct {
		Packets []struct {
			At string `json:"pts_time"`
		} `json:"packets"`
	}
	if err := json.Unmarshal(tool(t, "ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "packet=pts_time", "-of", "json", path), &answer); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	var all []float64
	for _, p := range answer.Packets {
		all = append(all, seconds(t, p.At))
	}
	slices.Sort(all)
	return all
}

// part is what frames show in a rectangle with even edges.
func part(frames []frame, r image.Rectangle) []frame {
	parts := make([]frame, len(frames))
	for i, f := range frames {
		p := &call.Picture{YCbCr: *f.pic.SubImage(r).(*image.YCbCr)}
		p.Rect = image.Rect(0, 0, r.Dx(), r.Dy())
		parts[i] = frame{f.at, p}
	}
	return parts
}

// planes makes a picture of I420 bytes.
func planes(raw []byte, w, h int) *call.Picture {
	p := call.NewPicture(w, h)
	n := copy(p.Y, raw)
	n += copy(p.Cb, raw[n:])
	copy(p.Cr, raw[n:])
	return p
}

// samples returns a file's sound, 48 kHz, one channel, and its first time
// stamp in seconds.
func samples(t *testing.T, path string) (pcm []int16, start float64) {
	t.Helper()
	raw := tool(t, "ffmpeg", "-v", "error", "-nostdin", "-i", path, "-map", "0:a:0",
		"-ac", "1", "-ar", "48000", "-f", "s16le", "pipe:1")
	pcm = make([]int16, len(raw)/2)
	if err := binary.Read(bytes.NewReader(raw), binary.LittleEndian, pcm); err != nil {
		t.Fatal(err)
	}
	first := tool(t, "ffprobe", "-v", "error", "-select_streams", "a:0", "-show_entries", "stream=start_time", "-of", "csv=p=0", path)
	return pcm, seconds(t, string(bytes.TrimSpace(first)))
}
