package render

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// sound makes the film's sound: each clip's as PCM, then all of it compressed
// at once. A film whose sound did not change finds it in the cache.
func (j *job) sound(ctx context.Context) error {
	key := j.soundKey()
	if j.cache.take(key, j.work.path(editor.SoundName)) {
		j.track.soundDone()
		return nil
	}
	for _, s := range j.plan.Sounds {
		if err := j.step(ctx, s.Step); err != nil {
			return err
		}
	}
	if err := j.work.write(editor.SoundList, j.plan.SoundListText()); err != nil {
		return err
	}
	err := j.tools.Run(ctx, ffmpeg.Command{
		Op: "the sound", Args: append(j.plan.SoundArgs(), editor.SoundName), Dir: j.work.dir, Nice: true,
		Progress: j.track.encodedSound,
	})
	if err != nil {
		return err
	}
	j.track.soundDone()
	return errors.Join(j.cache.put(key, j.work.path(editor.SoundName)), j.clearSounds())
}

// soundKey names the whole sound of the film.
func (j *job) soundKey() string {
	var all strings.Builder
	for _, s := range j.plan.Sounds {
		fmt.Fprintln(&all, j.sources.key(s.Step, j.tools.Version.Text))
	}
	return sources{}.key(editor.Step{Args: append(j.plan.SoundArgs(), all.String())}, j.tools.Version.Text)
}

// clearSounds frees the room that the PCM took.
func (j *job) clearSounds() (err error) {
	for _, s := range j.plan.Sounds {
		err = errors.Join(err, removeIfThere(j.work.path(s.Name)))
	}
	return err
}

func removeIfThere(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
