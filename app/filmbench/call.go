package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"parley/editor"
)

// take is how long each of the two takes of the call is, in seconds.
const take = 30

// call sets two takes of a recorded call beside one ffmpeg command that makes
// the same film.
func (b *bench) call() error {
	dir, tracks, err := b.recording()
	if err != nil {
		return err
	}
	f := b.film()
	f.project.Output = &editor.Output{Width: 1280, Height: 720, Rate: editor.Ratio{Num: 30, Den: 1}, SampleRate: 48000}
	if err := f.recorded(dir, tracks); err != nil {
		return err
	}
	for i := range int64(2) {
		err := f.add(dir, func(c *editor.Clip) {
			c.In, c.Out = editor.Rational(i*take, 1), editor.Rational((i+1)*take, 1)
			c.Titles = []editor.Title{{Template: "lower-third", Fields: map[string]string{"name": "Ann and Bob", "title": "Ann and Bob"}, At: c.In.Add(editor.Rational(2, 1)), Length: editor.Rational(4, 1)}}
			if i > 0 {
				c.Transition = editor.Transition{Kind: "crossfade", Length: editor.Rational(1, 1)}
			}
		})
		if err != nil {
			return err
		}
	}
	project, err := f.save("call")
	if err != nil {
		return err
	}
	ours, _, err := b.render(project, "call", false)
	if err != nil {
		return err
	}
	single, err := b.oneCommand(tracks)
	if err != nil {
		return err
	}
	b.row("two people, a cross-fade and titles, 59 s at 1280x720", ours).against("one ffmpeg command", single, 1, true)
	return nil
}

// recording makes a folder as a recorded call leaves it, and returns the files
// of its tracks: my picture, my sound, theirs.
func (b *bench) recording() (dir string, tracks []string, err error) {
	dir = filepath.Join(b.dir, "recording")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", nil, err
	}
	for i, who := range []string{"me", "them"} {
		picture, err := b.material("recording/"+who+"-video.mkv", "-f", "lavfi", "-i", []string{"testsrc2", "mandelbrot"}[i]+"=s=1280x720:r=30",
			"-t", fmt.Sprint(2*take), "-c:v", "libx264", "-preset", "veryfast", "-g", "120", "-pix_fmt", "yuv420p")
		if err != nil {
			return "", nil, err
		}
		sound, err := b.material("recording/"+who+"-audio.mka", "-f", "lavfi", "-i", fmt.Sprintf("sine=%d:r=48000", 300+100*i),
			"-t", fmt.Sprint(2*take), "-c:a", "libopus", "-b:a", "64k")
		if err != nil {
			return "", nil, err
		}
		tracks = append(tracks, picture, sound)
	}
	return dir, tracks, nil
}

// recorded writes the recording's manifest and brings it into the film.
func (f *film) recorded(dir string, tracks []string) error {
	r := &editor.Recording{Format: "parley-recording", Version: 1, Me: "Ann", Them: "Bob"}
	s := editor.Source{Path: dir, Tracks: map[string]*editor.Media{}}
	for i, path := range tracks {
		probed, err := f.source(path)
		if err != nil {
			return err
		}
		delete(f.project.Library, path)
		t := editor.Track{ID: filepath.Base(path), Who: []editor.Party{editor.Me, editor.Them}[i/2], Kind: []editor.StreamKind{editor.VideoStream, editor.AudioStream}[i%2],
			File: filepath.Base(path), DurationNS: 2 * take * 1e9}
		r.Tracks = append(r.Tracks, t)
		s.Tracks[t.ID] = probed.Media
	}
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	r.Dir = dir
	s.Recording = r
	f.project.Library[dir] = s
	return os.WriteFile(filepath.Join(dir, editor.RecordingFile), data, 0o600)
}

// oneCommand is what somebody who knows ffmpeg well would type for the film.
func (b *bench) oneCommand(tracks []string) (cost, error) {
	const half = "scale=640:720:force_original_aspect_ratio=decrease,pad=640:720:-1:-1,setsar=1,format=yuv420p,fps=30"
	title := "drawtext=text='Ann and Bob':fontsize=36:fontcolor=white:box=1:boxcolor=black@0.6:boxborderw=14:x=64:y=h-120:enable='between(t,2,6)'"
	var args []string
	graph := ""
	for i := range 2 {
		for _, path := range tracks {
			args = append(args, "-ss", fmt.Sprint(i*take), "-t", fmt.Sprint(take), "-i", path)
		}
		n := 4 * i
		graph += fmt.Sprintf("[%d:v]%s[l%d];[%d:v]%s[r%d];[l%d][r%d]hstack,%s,settb=1/30[v%d];[%d:a][%d:a]amix=inputs=2:normalize=0,aresample=48000[a%d];",
			n, half, i, n+2, half, i, i, i, title, i, n+1, n+3, i)
	}
	graph += fmt.Sprintf("[v0][v1]xfade=transition=fade:duration=1:offset=%d[v];[a0][a1]acrossfade=d=1[a]", take-1)
	args = append(args, "-filter_complex", graph, "-map", "[v]", "-map", "[a]")
	return ffmpeg(append(append(args, x264...), "-c:a", "aac", "-b:a", "192k", "-ac", "2", "-movflags", "+faststart", filepath.Join(b.dir, "call-single.mp4"))...)
}
