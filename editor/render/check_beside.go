package render

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// checkBeside looks whether the chapters and the subtitles are in the film.
func checkBeside(ctx context.Context, tools *ffmpeg.Tools, path string, plan *editor.Plan) error {
	data, err := tools.Inspect(ctx, path, "-show_chapters", "-show_entries", "stream=codec_type")
	if err != nil {
		return err
	}
	var film struct {
		Chapters []struct{} `json:"chapters"`
		Streams  []struct {
			Kind string `json:"codec_type"`
		} `json:"streams"`
	}
	if err := json.Unmarshal(data, &film); err != nil {
		return fmt.Errorf("ffprobe's answer cannot be read: %w", err)
	}
	subtitles, tracks := 0, min(1, len(plan.Subtitles))
	for _, s := range film.Streams {
		if s.Kind == "subtitle" {
			subtitles++
		}
	}
	return all([]wanted{
		{"number of chapters", len(film.Chapters), strings.Count(plan.Chapters, "TIMEBASE=")},
		{"number of subtitle tracks", subtitles, tracks},
	})
}
