package render

import (
	"path/filepath"
	"testing"
	"time"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// BenchmarkSeedFilm makes the seed film with an empty cache, again with all
// its segments kept, and with one plain ffmpeg command of the same settings
// that does everything in one graph, and prints how they compare.
func BenchmarkSeedFilm(b *testing.B) {
	dir := b.TempDir()
	p := benchFilm(b, dir)
	var cold, warm, plain time.Duration
	for i := 0; b.Loop(); i++ {
		r := New(tools(b), filepath.Join(b.TempDir(), "cache"), editor.Effects{})
		cold += timed(b, func() error {
			_, err := r.Render(b.Context(), FilmOf(p), filepath.Join(dir, "job.mp4"), nil)
			return err
		})
		warm += timed(b, func() error {
			_, err := r.Render(b.Context(), FilmOf(p), filepath.Join(dir, "job.mp4"), nil)
			return err
		})
		plain += timed(b, func() error {
			return tools(b).Run(b.Context(), ffmpeg.Command{Args: plainCommand(p, filepath.Join(dir, "plain.mp4"))})
		})
	}
	n := float64(b.N)
	b.ReportMetric(cold.Seconds()/n, "s/cold")
	b.ReportMetric(warm.Seconds()/n, "s/again")
	b.ReportMetric(plain.Seconds()/n, "s/plain")
	b.ReportMetric(cold.Seconds()/plain.Seconds(), "cold/plain")
}

// benchFilm is the seed film with 20 s a clip and 10 s of still.
func benchFilm(b *testing.B, dir string) *editor.Project {
	b.Helper()
	still := filepath.Join(dir, "still.jpg")
	run(b, "-f", "lavfi", "-i", "mandelbrot=s=1920x1024", "-frames:v", "1", "-pix_fmt", "yuvj420p", ffmpeg.InputArg(still))
	paths := []string{filepath.Join(dir, "one.mp4"), still, filepath.Join(dir, "two.mp4")}
	for i, picture := range []string{"testsrc2", "mandelbrot"} {
		run(b, "-f", "lavfi", "-i", picture+"=s=720x576:r=30000/1001", "-f", "lavfi", "-i", "sine=440:r=44100", "-t", "20",
			"-vf", "setsar=4/5", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-ac", "2", ffmpeg.InputArg(paths[2*i]))
	}
	p := standing(b, project(b, paths...), 1, editor.Rational(10, 1))
	p.Output = &editor.Output{Width: 1280, Height: 720, Rate: editor.Ratio{Num: 30000, Den: 1001}, SampleRate: 48000}
	return p
}

// plainCommand is what somebody who knows ffmpeg well would type.
func plainCommand(p *editor.Project, target string) []string {
	fit := "scale=1280:720:force_original_aspect_ratio=decrease:out_color_matrix=bt709:out_range=tv,format=yuv420p,pad=1280:720:-1:-1,setsar=1"
	square := "scale=iw*sar:ih,setsar=1," + fit
	sound := "aresample=48000,aformat=channel_layouts=stereo"
	graph := "[0:v]fps=30000/1001," + square + "[v0];[0:a]" + sound + "[a0];" +
		"[1:v]" + fit + ",fps=30000/1001,trim=end_frame=300[v1];anullsrc=r=48000:cl=stereo,atrim=duration=10[a1];" +
		"[2:v]fps=30000/1001," + square + "[v2];[2:a]" + sound + "[a2];[v0][a0][v1][a1][v2][a2]concat=n=3:v=1:a=1[v][a]"
	clips := p.Timeline.Clips()
	return []string{
		"-i", ffmpeg.InputArg(clips[0].Source), "-loop", "1", "-t", "10.1", "-i", ffmpeg.InputArg(clips[1].Source), "-i", ffmpeg.InputArg(clips[2].Source),
		"-filter_complex", graph, "-map", "[v]", "-map", "[a]", "-r", "30000/1001",
		"-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-profile:v", "high", "-g", "60", "-pix_fmt", "yuv420p",
		"-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
		"-c:a", "aac", "-b:a", "192k", "-movflags", "+faststart", ffmpeg.InputArg(target),
	}
}

func timed(b *testing.B, work func() error) time.Duration {
	b.Helper()
	begun := time.Now()
	if err := work(); err != nil {
		b.Fatal(err)
	}
	return time.Since(begun)
}
