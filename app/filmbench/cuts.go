package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"parley/editor"
)

// cutIn and cutOut are what is cut off each take, in frames of 30 a second:
// neither is where a key frame is.
const (
	cutIn  = 401
	cutOut = 233
)

// sampled is how much of each take is encoded where all would take too long,
// in frames.
const sampled = 300

// cuts joins three trimmed takes.
func (b *bench) cuts() error {
	takes, err := b.takes(b.seconds)
	if err != nil {
		return err
	}
	last := b.seconds*30 - cutOut
	f := b.film()
	for _, path := range takes {
		err := f.add(path, func(c *editor.Clip) {
			c.In, c.Out = editor.Rational(cutIn, 30), editor.Rational(int64(last), 30)
		})
		if err != nil {
			return err
		}
	}
	project, err := f.save("cuts")
	if err != nil {
		return err
	}
	ours, path, err := b.render(project, "cuts", false)
	if err != nil {
		return err
	}
	again, _, err := b.render(project, "cuts-again", true)
	if err != nil {
		return err
	}
	same, err := identical(takes, path)
	if err != nil {
		return err
	}
	row := b.row(fmt.Sprintf("three takes of %d s, trimmed off key frames", b.seconds), ours)
	row.figure("frames identical to the source, %", 100*same)
	row.against("again, with the segments kept", again, 0, false)
	if c, err := keyframeCopy(b.dir, takes, last); err == nil {
		row.against("keyframe copy (wrong)", c, 3, true)
	} else {
		return err
	}
	times := float64(last-cutIn) / sampled
	c, err := singlePass(b.dir, takes)
	if err != nil {
		return err
	}
	row.against("one ffmpeg command", c.scaled(times), 1.0/50, true)
	if c, err = melted(b.dir, takes); err != nil {
		return err
	}
	row.against("melt", c.scaled(times), 1.0/50, true)
	return nil
}

// keyframeCopy is what ffmpeg does without encoding: it begins and ends at
// key frames.
func keyframeCopy(dir string, takes []string, last int) (cost, error) {
	var list strings.Builder
	for _, path := range takes {
		fmt.Fprintf(&list, "file '%s'\ninpoint %f\noutpoint %f\n", path, cutIn/30.0, float64(last)/30)
	}
	name := filepath.Join(dir, "copy.txt")
	if err := os.WriteFile(name, []byte(list.String()), 0o600); err != nil {
		return cost{}, err
	}
	return ffmpeg("-f", "concat", "-safe", "0", "-i", name, "-c", "copy", "-movflags", "+faststart", filepath.Join(dir, "copy.mp4"))
}

// singlePass encodes the first sampled frames of each take.
func singlePass(dir string, takes []string) (cost, error) {
	var args []string
	var graph, ends string
	for i, path := range takes {
		args = append(args, "-ss", fmt.Sprintf("%f", cutIn/30.0), "-t", fmt.Sprintf("%f", sampled/30.0), "-i", path)
		graph += fmt.Sprintf("[%d:v]setpts=PTS-STARTPTS,fps=30[v%d];[%d:a]asetpts=PTS-STARTPTS[a%d];", i, i, i, i)
		ends += fmt.Sprintf("[v%d][a%d]", i, i)
	}
	args = append(args, "-filter_complex", graph+ends+fmt.Sprintf("concat=n=%d:v=1:a=1[v][a]", len(takes)), "-map", "[v]", "-map", "[a]")
	args = append(append(args, x264...), "-c:a", "aac", "-b:a", "192k", "-movflags", "+faststart", filepath.Join(dir, "single.mp4"))
	return ffmpeg(args...)
}

// melted has melt do the same.
func melted(dir string, takes []string) (cost, error) {
	args := []string{"-silent", "-profile", "atsc_720p_30"}
	for _, path := range takes {
		args = append(args, path, fmt.Sprintf("in=%d", cutIn), fmt.Sprintf("out=%d", cutIn+sampled-1))
	}
	args = append(args, "-consumer", "avformat:"+filepath.Join(dir, "melt.mp4"), "vcodec=libx264", "preset=veryfast", "crf=20", "g=60", "acodec=aac", "ab=192k", "real_time=-2", "movflags=+faststart")
	c, _, err := measure("melt", args...)
	return c, err
}

// identical is the share of a film's pictures whose packets are, parameter sets
// aside, those of a source.
func identical(takes []string, film string) (float64, error) {
	there := map[string]bool{}
	for _, path := range takes {
		sums, err := pictures(path)
		if err != nil {
			return 0, err
		}
		for _, s := range sums {
			there[s] = true
		}
	}
	sums, err := pictures(film)
	if err != nil || len(sums) == 0 {
		return 0, err
	}
	n := 0.0
	for _, s := range sums {
		if there[s] {
			n++
		}
	}
	return n / float64(len(sums)), nil
}

// pictures are the sums of a file's pictures as they are encoded.
func pictures(path string) ([]string, error) {
	_, out, err := measure("ffmpeg", "-nostdin", "-v", "error", "-i", path, "-map", "0:v", "-c", "copy",
		"-bsf:v", "h264_mp4toannexb,filter_units=pass_types=1-5", "-f", "framemd5", "-")
	if err != nil {
		return nil, err
	}
	var sums []string
	for line := range bytes.Lines(out) {
		if fields := strings.Split(string(line), ","); line[0] != '#' && len(fields) == 6 {
			sums = append(sums, strings.TrimSpace(fields[5]))
		}
	}
	return sums, nil
}
