package site

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// maxText bounds the page and the metadata that are read, in bytes.
const maxText = 16 << 20

// Check says, in one sentence, what is wrong with a folder: a file that is
// missing or has changed, or a page that would need something from elsewhere.
func Check(dir string) error {
	meta, err := readMetadata(dir)
	if err != nil {
		return err
	}
	if len(meta.Files) == 0 || len(meta.Files) > len(types) {
		return fmt.Errorf("%w: %s lists %d files; export it again", ErrSite, MetadataName, len(meta.Files))
	}
	listed := map[string]bool{}
	for _, f := range meta.Files {
		if err := checkFile(dir, f); err != nil {
			return err
		}
		listed[f.Name] = true
	}
	for _, name := range []string{MP4Name, WebMName, PosterName} {
		if !listed[name] {
			return fmt.Errorf("%w: %s does not list %s; export it again", ErrSite, MetadataName, name)
		}
	}
	if meta.Subtitles != "" && !listed[meta.Subtitles] {
		return fmt.Errorf("%w: its subtitles %s are not there; export it again", ErrSite, meta.Subtitles)
	}
	return checkPage(dir, listed)
}

func readMetadata(dir string) (Metadata, error) {
	var meta Metadata
	text, err := readText(filepath.Join(dir, MetadataName))
	if err != nil {
		return meta, fmt.Errorf("%w: %w", ErrSite, err)
	}
	if err := json.Unmarshal(text, &meta); err != nil {
		return meta, fmt.Errorf("%w: %s cannot be read: %w", ErrSite, MetadataName, err)
	}
	if meta.Format != Format || meta.Version != Version {
		return meta, fmt.Errorf("%w: %s is of another program or version", ErrSite, MetadataName)
	}
	return meta, nil
}

// checkFile compares a file with what is written of it; its name may be
// anybody's.
func checkFile(dir string, want File) error {
	known := false
	for _, t := range types {
		known = known || t.name == want.Name && t.mime == want.Type
	}
	if !known {
		return fmt.Errorf("%w: %s lists %q, which no such folder has", ErrSite, MetadataName, want.Name)
	}
	got, err := describe(filepath.Join(dir, want.Name), want.Type)
	switch {
	case err != nil:
		return fmt.Errorf("%w: %w; export it again", ErrSite, err)
	case got.Size != want.Size || got.SHA256 != want.SHA256:
		return fmt.Errorf("%w: %s is not the file that was exported; export it again", ErrSite, want.Name)
	}
	return nil
}

// checkPage looks whether the page names every file and nothing from
// elsewhere.
func checkPage(dir string, files map[string]bool) error {
	data, err := readText(filepath.Join(dir, PageName))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrSite, err)
	}
	page := string(data)
	for name := range files {
		if !strings.Contains(page, `"`+name+`"`) {
			return fmt.Errorf("%w: %s does not show %s", ErrSite, PageName, name)
		}
	}
	for _, far := range []string{`src="http`, `src="//`, `href="http`, `href="//`, "@import", "url("} {
		if strings.Contains(page, far) {
			return fmt.Errorf("%w: %s needs something from elsewhere (%s…)", ErrSite, PageName, far)
		}
	}
	return nil
}

func readText(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxText+1))
	if err == nil && len(data) > maxText {
		return nil, fmt.Errorf("%s is too large to be right", path)
	}
	return data, err
}
