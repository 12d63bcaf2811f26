package settings

import (
	"fmt"
	"os"
	"path/filepath"
)

// Folders are where the program keeps its files.
type Folders struct {
	Config string // settings
	Data   string // recordings and projects
	Cache  string // what can be made again
}

// FoldersFor returns the folders of a profile: below profile where one is
// given, else the XDG folders of the user (macOS and Windows have their own).
func FoldersFor(profile string) (Folders, error) {
	if profile != "" {
		abs, err := filepath.Abs(profile)
		if err != nil {
			return Folders{}, fmt.Errorf("the profile folder %s cannot be used; name another with --profile: %w", profile, err)
		}
		return Folders{
			Config: filepath.Join(abs, "config"),
			Data:   filepath.Join(abs, "data"),
			Cache:  filepath.Join(abs, "cache"),
		}, nil
	}
	config, err := os.UserConfigDir()
	if err != nil {
		return Folders{}, fmt.Errorf("no folder for settings is known; set HOME or name one with --profile: %w", err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return Folders{}, fmt.Errorf("no folder for temporary files is known; set HOME or name one with --profile: %w", err)
	}
	data, err := dataDir()
	if err != nil {
		return Folders{}, err
	}
	return Folders{
		Config: filepath.Join(config, "parley"),
		Data:   filepath.Join(data, "parley"),
		Cache:  filepath.Join(cache, "parley"),
	}, nil
}

// dataDir follows the XDG base directory specification where HOME is set.
func dataDir() (string, error) {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("no folder for recordings is known; set HOME or name one with --profile: %w", err)
	}
	return filepath.Join(home, ".local", "share"), nil
}

// Settings is the settings file.
func (f Folders) Settings() string { return filepath.Join(f.Config, "settings.json") }

// Certificate is the file with what this machine shows in calls.
func (f Folders) Certificate() string { return filepath.Join(f.Data, "certificate.pem") }

// People is the file with contacts and history.
func (f Folders) People() string { return filepath.Join(f.Data, "people.json") }

// Recordings is where recordings go unless the person chose another folder.
func (f Folders) Recordings() string { return filepath.Join(f.Data, "recordings") }
