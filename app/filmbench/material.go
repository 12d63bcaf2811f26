package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// material is a file that the bench draws, unless it is there already.
func (b *bench) material(name string, args ...string) (string, error) {
	path := filepath.Join(b.dir, name)
	if exists(path) {
		return path, nil
	}
	part := filepath.Join(filepath.Dir(path), "part-"+filepath.Base(path))
	if _, err := ffmpeg(append(args, part)...); err != nil {
		return "", err
	}
	return path, os.Rename(part, path)
}

// x264 are the encoder's settings of every film that is compared.
var x264 = []string{"-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-g", "60", "-pix_fmt", "yuv420p"}

// unit is the part of a take that is drawn, in seconds; it is shown again and
// again.
const unit = 60

// takes are three clips of so many seconds, with a key frame every five.
func (b *bench) takes(seconds int) ([]string, error) {
	var all []string
	for i, picture := range []string{"testsrc2=s=1280x720:r=30", "mandelbrot=s=1280x720:r=30:maxiter=60", "testsrc=s=1280x720:r=30"} {
		drawn, err := b.material(fmt.Sprintf("unit%d.mp4", i), "-f", "lavfi", "-i", picture, "-frames:v", fmt.Sprint(30*unit),
			"-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-g", "150", "-pix_fmt", "yuv420p",
			"-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709")
		if err != nil {
			return nil, err
		}
		path, err := b.material(fmt.Sprintf("take%d-%ds.mp4", i, seconds), "-stream_loop", "-1", "-i", drawn,
			"-f", "lavfi", "-i", fmt.Sprintf("aevalsrc=0.2*sin(2*PI*(%d+3*mod(t\\,40))*t)|0.2*sin(2*PI*%d*t):s=48000", 200+100*i, 300+50*i),
			"-t", fmt.Sprint(seconds), "-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac", "-b:a", "128k")
		if err != nil {
			return nil, err
		}
		all = append(all, path)
	}
	return all, nil
}

// photograph has 12 megapixels.
func (b *bench) photograph() (string, error) {
	return b.material("photograph.jpg", "-f", "lavfi", "-i", "mandelbrot=s=4000x3000", "-frames:v", "1", "-pix_fmt", "yuvj420p", "-q:v", "2")
}
