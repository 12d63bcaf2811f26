package site

import (
	_ "embed"
	"fmt"
	"html/template"
	"strings"
	"time"
)

//go:embed page.html
var pageText string

// pageTemplate escapes what it is given: titles are anybody's text.
var pageTemplate = template.Must(template.New(PageName).Funcs(template.FuncMap{"clock": clock, "day": day, "megabytes": megabytes}).Parse(pageText))

// page writes index.html.
func (b *builder) page() error {
	files := map[string]File{}
	for _, f := range b.meta.Files {
		files[f.Name] = f
	}
	var out strings.Builder
	err := pageTemplate.Execute(&out, struct {
		Metadata
		Films         []File
		Poster        string
		SubtitleTrack string
		ChapterTrack  string
		MetadataName  string
	}{
		Metadata: b.meta, Films: []File{files[MP4Name], files[WebMName]}, Poster: PosterName,
		SubtitleTrack: files[SubtitlesName].Name, ChapterTrack: files[ChaptersName].Name, MetadataName: MetadataName,
	})
	if err != nil {
		return err
	}
	return b.write(PageName, out.String())
}

// clock writes seconds as 1:02:03.
func clock(seconds float64) string {
	s := int64(seconds)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

func day(t time.Time) string { return t.Format("2006-01-02") }

func megabytes(bytes int64) string { return fmt.Sprintf("%.1f MB", float64(bytes)/1e6) }
