package editor

import (
	"errors"
	"fmt"
)

// ProjectVersion is the version of the project file that this program writes.
const ProjectVersion = 2

const projectFormat = "parley-project"

// Errors of a project file.
var (
	ErrProject = errors.New("not a project that can be read")
	ErrNewer   = errors.New("made by a newer Parley; update this one to open it")
)

// Project is what is kept of a film that is being made.
type Project struct {
	Timeline Timeline
	Output   *Output // nil: chosen from the clips, see Spec
	Library  Library // what is known of the sources, so that nothing is probed twice

	Extra Extra
}

// Spec is what the film is made as: what was chosen, else AutoOutput.
func (p *Project) Spec() Output {
	if p.Output != nil {
		return *p.Output
	}
	return AutoOutput(p.Timeline, p.Library)
}

// projectJSON is the file. Its paths are relative to the file, with slashes.
type projectJSON struct {
	Format  string   `json:"format"`
	Version int      `json:"version"`
	Output  *Output  `json:"output,omitempty"`
	Clips   []Clip   `json:"clips"`
	Music   []Music  `json:"music,omitempty"`
	Master  Master   `json:"master,omitzero"`
	Sources []Source `json:"sources,omitempty"`
}

// DecodeProject reads a project file that lies in the folder dir, an absolute
// path. An older version is migrated and a newer one refused with ErrNewer;
// everything else that is wrong is ErrProject.
func DecodeProject(data []byte, dir string) (*Project, error) {
	data, err := migrate(data)
	if err != nil {
		return nil, err
	}
	var file projectJSON
	extra, err := decodeKeeping(data, &file)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrProject, err)
	}
	p := &Project{Output: file.Output, Library: Library{}, Extra: extra}
	paths := relativePaths{dir}
	for i := range file.Clips {
		paths.clip(&file.Clips[i], paths.absolute)
	}
	for i := range file.Music {
		paths.music(&file.Music[i], paths.absolute)
	}
	for i := range file.Sources {
		s := paths.source(file.Sources[i], paths.absolute)
		p.Library[s.Path] = s
	}
	if p.Timeline, err = file.timeline(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrProject, err)
	}
	return p, p.check()
}

// timeline is the film that the file tells of, checked.
func (f *projectJSON) timeline() (Timeline, error) {
	t, err := NewTimeline(f.Clips...)
	if err != nil {
		return t, err
	}
	seen := make(map[MusicID]bool, len(f.Music))
	for _, m := range f.Music {
		if seen[m.ID] {
			return t, fmt.Errorf("%w: two pieces of music have the id %s", ErrClip, m.ID)
		}
		seen[m.ID] = true
		if t, err = t.WithMusic(m); err != nil {
			return t, err
		}
	}
	return t.WithMaster(f.Master)
}

// EncodeProject writes the project file that is to lie in the folder dir.
// Sources that the film does not use are left out.
func EncodeProject(p *Project, dir string) ([]byte, error) {
	paths := relativePaths{dir}
	file := projectJSON{
		Format: projectFormat, Version: ProjectVersion, Output: p.Output,
		Clips: p.Timeline.Clips(), Music: p.Timeline.Music(), Master: p.Timeline.Master(),
	}
	for _, path := range p.Timeline.Sources() {
		if s, ok := p.Library[path]; ok {
			file.Sources = append(file.Sources, paths.source(s, paths.relative))
		}
	}
	for i := range file.Clips {
		paths.clip(&file.Clips[i], paths.relative)
	}
	for i := range file.Music {
		paths.music(&file.Music[i], paths.relative)
	}
	if file.Clips == nil {
		file.Clips = []Clip{}
	}
	data, err := encodeKeeping(file, p.Extra)
	if err != nil {
		return nil, err
	}
	return indent(data)
}

func (p *Project) check() error {
	if p.Output != nil {
		if err := p.Output.Check(); err != nil {
			return fmt.Errorf("%w: %w", ErrProject, err)
		}
	}
	for _, s := range p.Library {
		if err := s.check(); err != nil {
			return fmt.Errorf("%w: %w", ErrProject, err)
		}
	}
	return nil
}

func (s Source) check() error {
	if s.Path == "" {
		return errors.New("a source has no path")
	}
	if s.Captions != nil {
		if err := s.Captions.check(); err != nil {
			return err
		}
	}
	if s.Recording == nil {
		return nil
	}
	return s.Recording.check()
}
