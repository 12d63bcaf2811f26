package ffmpeg

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"parley/editor"
)

// Encoder is what a trial of an encoder said.
type Encoder struct {
	Name   string
	Kind   editor.StreamKind
	Needed bool   // a film cannot be made without it
	Use    string // what it is for, for a person
	Err    error  // nil where it works
}

// wanted are the encoders that Parley uses or could use.
var wanted = []Encoder{
	{Name: "libx264", Kind: editor.VideoStream, Needed: true, Use: "the picture of a film"},
	{Name: "aac", Kind: editor.AudioStream, Needed: true, Use: "the sound of a film"},
	{Name: "png", Kind: editor.VideoStream, Needed: true, Use: "thumbnails"},
	{Name: "libopus", Kind: editor.AudioStream, Use: "the sound of WebM, and Opus alone"},
	{Name: "libvpx-vp9", Kind: editor.VideoStream, Use: "films as WebM"},
	{Name: "libx265", Kind: editor.VideoStream, Use: "films as HEVC"},
	{Name: "libsvtav1", Kind: editor.VideoStream, Use: "films as AV1"},
	{Name: "gif", Kind: editor.VideoStream, Use: "animated GIFs"},
}

// Encoders tries the encoders that Parley uses or could use.
func (t *Tools) Encoders(ctx context.Context) []Encoder {
	found := append([]Encoder(nil), wanted...)
	var all sync.WaitGroup
	room := make(chan struct{}, 2)
	for i := range found {
		all.Go(func() {
			room <- struct{}{}
			found[i].Err = t.HasEncoder(ctx, found[i].Name)
			<-room
		})
	}
	all.Wait()
	return found
}

// HasEncoder lets an encoder work for 0.2 s and says how that went: a listed
// encoder proves nothing, as most need hardware that is not there. The answer
// is remembered.
func (t *Tools) HasEncoder(ctx context.Context, name string) error {
	t.mu.Lock()
	err, known := t.encoders[name]
	t.mu.Unlock()
	if known {
		return err
	}
	err = t.tryEncoder(ctx, name)
	if ctx.Err() != nil {
		return err
	}
	t.mu.Lock()
	t.encoders[name] = err
	t.mu.Unlock()
	return err
}

func (t *Tools) tryEncoder(ctx context.Context, name string) error {
	if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
		return &Error{Op: "try encoder", Sentence: fmt.Sprintf("%q is no name of an encoder", name), ExitCode: -1, Cause: ErrEncoder}
	}
	kind, err := t.encoderKind(ctx, name)
	if err != nil {
		return err
	}
	err = t.Run(ctx, Command{Op: "try encoder " + name, Args: trial(name, kind)})
	if failed, ok := errors.AsType[*Error](err); ok {
		failed.Cause, failed.Sentence = ErrEncoder, name+" is listed but does not work here"
		failed.Hint = "choose another encoder"
	}
	return err
}

// encoderKind asks what an encoder encodes. ffmpeg exits 0 for one that it
// does not know, and tells of it on the wrong side.
func (t *Tools) encoderKind(ctx context.Context, name string) (editor.StreamKind, error) {
	about, err := t.Output(ctx, Command{Op: "try encoder " + name, Args: []string{"-h", "encoder=" + name}}, maxAnswer)
	if err != nil {
		return "", err
	}
	switch text := string(about); {
	case !strings.HasPrefix(text, "Encoder "):
		return "", &Error{Op: "try encoder " + name, Sentence: "this ffmpeg lacks the encoder " + name,
			Hint: "install a full build with: sudo apt-get install ffmpeg", ExitCode: -1, Cause: ErrEncoder}
	case strings.Contains(text, "Supported sample formats"):
		return editor.AudioStream, nil
	}
	return editor.VideoStream, nil
}

// trial are the arguments that encode 0.2 s of nothing much.
func trial(name string, kind editor.StreamKind) []string {
	if kind == editor.AudioStream {
		return []string{"-f", "lavfi", "-i", "sine=duration=0.2:sample_rate=48000", "-c:a", name, "-f", "null", "-"}
	}
	args := []string{"-f", "lavfi", "-i", "testsrc2=duration=0.2:size=320x240:rate=25"}
	return append(args, "-c:v", name, "-f", "null", "-")
}
