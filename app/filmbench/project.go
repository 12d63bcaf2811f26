package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"parley/editor"
)

// film is a project that is being written.
type film struct {
	bench   *bench
	project editor.Project
}

func (b *bench) film() *film {
	return &film{b, editor.Project{Library: editor.Library{}}}
}

// source has Parley look into a file.
func (f *film) source(path string) (editor.Source, error) {
	if s, ok := f.project.Library[path]; ok {
		return s, nil
	}
	_, out, err := measure(f.bench.parley, "probe", "--json", path)
	if err != nil {
		return editor.Source{}, err
	}
	var m editor.Media
	if err := json.Unmarshal(out, &m); err != nil {
		return editor.Source{}, fmt.Errorf("parley probe: %w", err)
	}
	s := editor.Source{Path: path, Media: &m}
	f.project.Library[path] = s
	return s, nil
}

// add puts a file at the end, changed by edit.
func (f *film) add(path string, edit func(*editor.Clip)) error {
	s, err := f.source(path)
	if err != nil {
		return err
	}
	c, err := editor.NewClip(f.project.Timeline.NextID(), s)
	if err != nil {
		return err
	}
	edit(&c)
	f.project.Timeline, err = f.project.Timeline.Append(c)
	return err
}

// save writes the project and returns its path.
func (f *film) save(name string) (string, error) {
	data, err := editor.EncodeProject(&f.project, f.bench.dir)
	if err != nil {
		return "", err
	}
	path := filepath.Join(f.bench.dir, name+".parley")
	return path, os.WriteFile(path, data, 0o600)
}

// render has Parley make a film with an empty cache, or with what is in it.
func (b *bench) render(project, name string, again bool) (cost, string, error) {
	profile, target := filepath.Join(b.dir, "profile"), filepath.Join(b.dir, name+".mp4")
	if !again {
		if err := os.RemoveAll(profile); err != nil {
			return cost{}, "", err
		}
	}
	c, _, err := measure(b.parley, "render", project, "-o", target, "--profile", profile)
	return c, target, err
}
