package editor

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// migrations bring a project file from the version that is the key to the
// next one. A migration changes the object in place.
//
// Version 0 is the form before the first release: no format, and the clips
// under "items".
var migrations = map[int]func(file map[string]json.RawMessage) error{
	0: func(file map[string]json.RawMessage) error {
		if items, ok := file["items"]; ok {
			file["clips"] = items
			delete(file, "items")
		}
		return nil
	},
	// Version 2 brought transitions, which change where clips begin, and
	// music; a film of version 1 is one without them.
	1: func(map[string]json.RawMessage) error { return nil },
}

// migrate brings a project file of any version up to ProjectVersion.
func migrate(data []byte) ([]byte, error) {
	var head struct {
		Format  string `json:"format"`
		Version *int   `json:"version"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrProject, err)
	}
	if head.Version == nil || head.Format != projectFormat && (head.Format != "" || *head.Version > 0) {
		return nil, fmt.Errorf("%w: it is no project of Parley's", ErrProject)
	}
	version := *head.Version
	if version > ProjectVersion {
		return nil, fmt.Errorf("%w (its version is %d, this Parley knows %d)", ErrNewer, version, ProjectVersion)
	}
	if version == ProjectVersion {
		return data, nil
	}
	return migrateFrom(version, data)
}

func migrateFrom(version int, data []byte) ([]byte, error) {
	var file map[string]json.RawMessage
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrProject, err)
	}
	for ; version < ProjectVersion; version++ {
		step, ok := migrations[version]
		if !ok {
			return nil, fmt.Errorf("%w: version %d is unknown", ErrProject, version)
		}
		if err := step(file); err != nil {
			return nil, fmt.Errorf("%w: version %d could not be brought up to date: %w", ErrProject, version, err)
		}
	}
	file["format"] = json.RawMessage(`"` + projectFormat + `"`)
	file["version"] = json.RawMessage(strconv.Itoa(ProjectVersion))
	return json.Marshal(file)
}
