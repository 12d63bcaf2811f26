package wire

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"parley/call"
	"parley/call/audio"
	"parley/editor"
	"parley/editor/ffmpeg"
	"parley/editor/play"
)

// PreviewConfig is what a Preview works with.
type PreviewConfig struct {
	Editor  func() (*Editor, error) // may take a while the first time
	Effects editor.Effects
	Speaker func() string    // the speaker's name, as call.Devices takes it
	Sound   play.OpenSpeaker // nil: the sound device that Speaker names
	Screen  func(picture *image.RGBA, frame int64)
	Delay   func() time.Duration // of the screen; may be nil
	Report  func(play.State)
}

// Preview plays a project that is being edited: a play.Player with ffmpeg to
// decode and the sound device to be heard.
type Preview struct {
	*play.Player
	config PreviewConfig
	rate   editor.Ratio
	desk   desk
	ducks  ducking
}

// NewPreview returns a preview without a film. Close it.
func NewPreview(c PreviewConfig) *Preview {
	p := &Preview{config: c, rate: editor.DefaultOutput.Rate}
	sound := c.Sound
	if sound == nil {
		sound = p.speaker
	}
	p.Player = play.New(play.Config{Decoder: p, Speaker: sound, Screen: c.Screen, Delay: c.Delay, Report: c.Report})
	p.ducks.open, p.ducks.duck, p.ducks.unduck = p.Open, p.Duck, p.Unduck
	return p
}

// Load shows a project as it is now, in pictures of at most w by h pixels. Its
// error says why there is nothing to see; an empty film is none.
func (p *Preview) Load(project *editor.Project, w, h int) error {
	if project.Timeline.Len() == 0 {
		p.load(nil)
		return nil
	}
	film, err := editor.Assemble(project.Timeline, project.Library, draftOf(project.Spec(), w, h), p.config.Effects, p.open)
	if err != nil {
		p.load(nil)
		return err
	}
	film.Draft = true
	p.rate = film.Output.Rate
	p.load(film)
	return nil
}

func (p *Preview) load(film *editor.Assembly) {
	p.Player.Load(film)
	p.ducks.follow(film)
}

// Rate is the frames a second of the film that was loaded last.
func (p *Preview) Rate() editor.Ratio { return p.rate }

// draftOf is an output of the same shape and rate within w by h pixels.
func draftOf(out editor.Output, w, h int) editor.Output {
	scale := min(1, float64(w)/float64(out.Width), float64(h)/float64(out.Height))
	even := func(n int) int { return max(16, 2*int(math.Round(float64(n)*scale/2))) }
	out.Width, out.Height = even(out.Width), even(out.Height)
	return out
}

// open gives ffmpeg a source. Where that cannot be had, the run that Open
// starts says why.
func (p *Preview) open(m *editor.Media) []string {
	args := append(ffmpeg.InputOptions(m), "-threads", "2")
	if name, _, _ := strings.Cut(m.Format, ","); !m.Deep && (name == "mov" || name == "matroska") {
		// What is in these is told by their headers; looking at pictures first
		// would cost as much time as the seek.
		args = append(args, "-probesize", "32", "-analyzeduration", "0", "-fpsprobesize", "0")
	}
	path := m.Path
	if kit, err := p.config.Editor(); err == nil {
		if readable, err := kit.Tools.Readable(context.Background(), path); err == nil {
			path = readable
		}
	}
	return append(args, "-i", ffmpeg.InputArg(path))
}

// Open satisfies play.Decoder.
func (p *Preview) Open(ctx context.Context, s editor.Step) (io.ReadCloser, error) {
	kit, err := p.config.Editor()
	if err != nil {
		return nil, err
	}
	dir, err := p.desk.lay(s.Files)
	if err != nil {
		return nil, fmt.Errorf("there is no room for the preview to work in: %w", err)
	}
	return kit.Tools.Stream(ctx, ffmpeg.Command{Op: s.Clip, Args: s.Args, Dir: dir})
}

// errNoSpeaker is why nothing is heard where no speaker was chosen.
var errNoSpeaker = errors.New("no speaker is chosen; choose one in the Call tab's devices")

func (p *Preview) speaker(rate int, fill func([]int16)) (play.Speaker, error) {
	name := p.config.Speaker()
	if name == call.DeviceOff {
		return nil, errNoSpeaker
	}
	return audio.OpenOutlet(name, rate, fill)
}

// Close ends playing, waits for all that runs, and is idempotent.
func (p *Preview) Close() error {
	p.ducks.close()
	return errors.Join(p.Player.Close(), p.desk.clear())
}

// desk is a folder for what filters read while the preview plays. The names of
// the files tell what is in them.
type desk struct {
	mu  sync.Mutex
	dir string
}

// lay writes files unless they are there, and returns the folder: "" where
// none are needed.
func (d *desk) lay(files map[string]string) (string, error) {
	if len(files) == 0 {
		return "", nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dir == "" {
		dir, err := os.MkdirTemp("", "parley-preview-")
		if err != nil {
			return "", err
		}
		d.dir = dir
	}
	for name, text := range files {
		path := filepath.Join(d.dir, name)
		if _, err := os.Stat(path); err == nil {
			continue
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return "", err
		}
	}
	return d.dir, nil
}

func (d *desk) clear() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dir == "" {
		return nil
	}
	dir := d.dir
	d.dir = ""
	return os.RemoveAll(dir)
}
