package ffmpeg

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"parley/editor"
)

// answer is what ffprobe -of json says of a file. Every field can be absent.
type answer struct {
	Format  answerFormat   `json:"format"`
	Streams []answerStream `json:"streams"`
	Frames  []answerFrame  `json:"frames"`
}

type answerFormat struct {
	Name     string            `json:"format_name"`
	Start    string            `json:"start_time"`
	Duration string            `json:"duration"`
	BitRate  string            `json:"bit_rate"`
	Tags     map[string]string `json:"tags"`
}

type answerStream struct {
	Index         int               `json:"index"`
	Type          string            `json:"codec_type"`
	Codec         string            `json:"codec_name"`
	Tag           string            `json:"codec_tag_string"`
	Profile       string            `json:"profile"`
	Width         int               `json:"width"`
	Height        int               `json:"height"`
	SAR           string            `json:"sample_aspect_ratio"`
	PixelFormat   string            `json:"pix_fmt"`
	Range         string            `json:"color_range"`
	Space         string            `json:"color_space"`
	Transfer      string            `json:"color_transfer"`
	Primaries     string            `json:"color_primaries"`
	FieldOrder    string            `json:"field_order"`
	BaseRate      string            `json:"r_frame_rate"`
	AverageRate   string            `json:"avg_frame_rate"`
	TimeBase      string            `json:"time_base"`
	Start         string            `json:"start_time"`
	StartTicks    *int64            `json:"start_pts"`
	Reorder       int               `json:"has_b_frames"`
	Duration      string            `json:"duration"`
	DurationTicks *int64            `json:"duration_ts"`
	Frames        string            `json:"nb_frames"`
	SampleRate    string            `json:"sample_rate"`
	Channels      int               `json:"channels"`
	Layout        string            `json:"channel_layout"`
	Disposition   map[string]int    `json:"disposition"`
	Tags          map[string]string `json:"tags"`
	SideData      []answerSideData  `json:"side_data_list"`
}

type answerFrame struct {
	Width       int              `json:"width"`
	Height      int              `json:"height"`
	PixelFormat string           `json:"pix_fmt"`
	SideData    []answerSideData `json:"side_data_list"`
}

type answerSideData struct {
	Type     string   `json:"side_data_type"`
	Rotation *float64 `json:"rotation"` // degrees counter-clockwise that the picture was turned by
}

// Bounds of what an answer may claim; beyond them it is not believed.
const (
	maxStreams   = 1 << 10
	maxPicture   = 1 << 16 // a side, in pixels
	maxSeconds   = 1e8     // three years
	maxRatioPart = 1 << 31
)

// parseAnswer reads ffprobe's JSON into a Media without measured values. It is
// a pure function: what a hostile file makes ffprobe say cannot hurt it.
func parseAnswer(data []byte) (*editor.Media, error) {
	var a answer
	if err := json.Unmarshal(data, &a); err != nil {
		return nil, fmt.Errorf("ffprobe's answer is no JSON: %w", err)
	}
	m := &editor.Media{
		Format:   a.Format.Name,
		Duration: seconds(a.Format.Duration).Max(editor.Time{}),
		Start:    seconds(a.Format.Start),
		BitRate:  max(integer(a.Format.BitRate), 0),
	}
	for _, s := range a.Streams[:min(len(a.Streams), maxStreams)] {
		m.Streams = append(m.Streams, after(s.stream(), a.Format.Name, s.Reorder))
	}
	if v, ok := m.Video(); ok && len(a.Frames) > 0 {
		a.Frames[0].apply(v)
	}
	return m, nil
}

// integer is 0 for "N/A" and everything else that is no number.
func integer(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// seconds is 0 for "N/A" and for what nobody can mean.
func seconds(text string) editor.Time {
	s, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(s) || math.Abs(s) > maxSeconds {
		return editor.Time{}
	}
	return editor.Seconds(s)
}

// ratio reads "30000/1001" or "4:5"; "0/0", "0:1" and "N/A" are unknown.
func ratio(text string) editor.Ratio {
	n, d, ok := strings.Cut(strings.Replace(text, ":", "/", 1), "/")
	num, den := integer(n), integer(d)
	if !ok || num <= 0 || den <= 0 || num > maxRatioPart || den > maxRatioPart {
		return editor.Ratio{}
	}
	return editor.Ratio{Num: num, Den: den}
}

// known drops ffprobe's ways of saying that it does not know.
func known(text string) string {
	switch text {
	case "unknown", "unspecified", "N/A", "reserved":
		return ""
	}
	return text
}
