package render

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"parley/editor"
)

// soundVersion changes whenever the same film would sound different.
const soundVersion = 1

// sound makes the film's sound. A film whose sound did not change finds it in
// the cache.
//
//	clips, music ── samples ── mix ── master ──┬─ encoded, in pieces ─┬─ join ── SoundName
//	originals ── packets ──────────────────────┴──────────────────────┘
func (j *job) sound(ctx context.Context) (err error) {
	key, path, mixed := j.soundKey(), j.work.path(editor.SoundName), j.work.path(excerptsFile)
	if j.cache.take(key, mixed) && j.cache.take(key, path) {
		j.track.soundDone()
		return nil
	}
	if err := removeIfThere(mixed); err != nil { // the cache's own is not to be written into
		return err
	}
	t := &soundtrack{job: j}
	defer func() { err = errors.Join(err, t.close()) }()
	if err := t.make(ctx); err != nil {
		return err
	}
	j.track.soundDone()
	return errors.Join(j.cache.put(key, path), j.cache.put(key, mixed))
}

// soundKey names the whole sound of the film.
func (j *job) soundKey() string {
	var all strings.Builder
	fmt.Fprintf(&all, "sound %d, %d samples, %g LUFS\n", soundVersion, j.plan.Samples, j.plan.Master.Loudness)
	for _, list := range [][]editor.Heard{j.plan.Sounds, j.plan.Music} {
		for _, h := range list {
			fmt.Fprintln(&all, j.sources.key(h.Step, j.tools.Version.Text), h.First, h.Samples, h.Gain, h.FadeIn, h.FadeOut, h.Silent, h.Duck, h.Original != nil)
		}
		fmt.Fprintln(&all)
	}
	return sources{}.key(editor.Step{Args: append(j.plan.SoundArgs(""), all.String())}, j.tools.Version.Text)
}

func removeIfThere(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
