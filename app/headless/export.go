package headless

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"parley/app/settings"
	"parley/app/wire"
	"parley/editor"
	"parley/editor/exchange"
	"parley/editor/site"
)

// exportJob is what parley export was asked for.
type exportJob struct {
	*program
	sources []string
	outputs []string          // files, whose endings tell the format
	named   map[string]string // files by the name of their format
	site    string
	title   string
	source  string
	check   string
}

func (p *program) exportVerb() *cobra.Command {
	j := &exportJob{program: p, named: map[string]string{}}
	var formats []string
	for _, f := range exchange.Formats() {
		if f.Write != nil {
			formats = append(formats, fmt.Sprintf("  %-6s %s", f.Extension, f.Title))
		}
	}
	cmd := &cobra.Command{
		Use:   "export PROJECT|FILE...",
		Short: "Hand a film to other programs, or make a folder for a media site",
		Long: `Hand a film to other programs: a project, or the files given, as parley render
takes them. Subtitles and cut lists (.csv, .tsv, .llc, .edl) belong to the file
before them.

Each output is written in the format of its ending:
` + strings.Join(formats, "\n") + `

What a format cannot tell is said. Cut lists that know one file only tell of the
one that most of the film is taken from, or of --source.

--site DIR renders the film as MP4 and WebM into a folder that any web server
can serve, with a poster, subtitles, chapters, metadata.json and a page that
plays it. --check DIR says whether such a folder is whole; the exit status is 1
where it is not.`,
		Example: `  parley export interview.parley -o interview.otio -o interview.mlt
  parley export talk.mp4 talk.llc --edl talk.edl
  parley export interview.parley --site public/interview --title "An interview"
  parley export --check public/interview`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			j.sources = args
			for _, f := range exchange.Formats() {
				if path := cmd.Flags().Lookup(f.Name); path != nil && path.Changed {
					j.named[f.Name] = path.Value.String()
				}
			}
			return j.run(cmd.Context())
		},
	}
	cmd.Flags().StringArrayVarP(&j.outputs, "output", "o", nil, "write `FILE`; may be given several times")
	for _, f := range exchange.Formats() {
		if f.Write != nil {
			cmd.Flags().String(f.Name, "", "write `FILE` as "+f.Title)
		}
	}
	cmd.Flags().StringVar(&j.site, "site", "", "make the folder `DIR` for a media site")
	cmd.Flags().StringVar(&j.title, "title", "", "the film's `NAME`; the first file's where it is missing")
	cmd.Flags().StringVar(&j.source, "source", "", "the `FILE` whose parts a cut list tells")
	cmd.Flags().StringVar(&j.check, "check", "", "say whether the folder `DIR` of a media site is whole")
	cmd.Flags().SortFlags = false
	return cmd
}

func (j *exportJob) run(ctx context.Context) error {
	if j.check != "" {
		if err := site.Check(j.check); err != nil {
			return err
		}
		fmt.Fprintf(j.out, "%s is whole\n", j.check)
	}
	switch nothing := len(j.outputs)+len(j.named) == 0 && j.site == ""; {
	case nothing && j.check != "" && len(j.sources) == 0:
		return nil
	case len(j.sources) == 0:
		return failure{exitUsage, errors.New("name a project or files; see: parley export --help")}
	case nothing:
		return failure{exitUsage, errors.New("say what is to be written: -o FILE, or --site DIR; see: parley export --help")}
	}
	targets, err := j.targets()
	if err != nil {
		return err
	}
	folders, err := settings.FoldersFor(j.profile)
	if err != nil {
		return err
	}
	kit, err := wire.NewEditor(ctx, folders, wire.Effects(folders, j.log))
	if err != nil {
		return err
	}
	project, err := openFilm(ctx, kit, j.sources)
	if err != nil {
		return err
	}
	return j.export(ctx, kit, project, targets)
}

// target is a file that is to be written.
type target struct {
	path   string
	format exchange.Format
}

func (j *exportJob) targets() ([]target, error) {
	var all []target
	for _, path := range j.outputs {
		f, ok := exchange.ByPath(path)
		if !ok || f.Write == nil {
			return nil, failure{exitUsage, fmt.Errorf("%s: no format has this ending; see: parley export --help", path)}
		}
		all = append(all, target{path, f})
	}
	for _, f := range exchange.Formats() {
		if path, ok := j.named[f.Name]; ok {
			all = append(all, target{path, f})
		}
	}
	return all, nil
}

func (j *exportJob) export(ctx context.Context, kit *wire.Editor, p *editor.Project, targets []target) error {
	name := j.title
	if name == "" {
		name = strings.TrimSuffix(filepath.Base(j.sources[0]), filepath.Ext(j.sources[0]))
	}
	source := j.source
	if source != "" {
		var err error
		if source, err = filepath.Abs(source); err != nil {
			return err
		}
	}
	for _, t := range targets {
		lost, err := kit.Export(p, name, source, t.format, t.path)
		if err != nil {
			return err
		}
		fmt.Fprintln(j.out, t.path)
		if len(lost) > 0 {
			fmt.Fprintf(j.out, "  %s is not told: %s\n", t.format.Title, listOf(lost))
		}
	}
	if j.site == "" {
		return nil
	}
	if err := kit.Site(ctx, p, name, j.site, j.siteProgress()); err != nil {
		return err
	}
	fmt.Fprintln(j.out, j.site)
	return nil
}

// siteProgress tells each file once, or how far it is where a person looks.
func (j *exportJob) siteProgress() func(string, float64) {
	shown := ""
	return func(file string, done float64) {
		switch {
		case isTerminal(j.err):
			fmt.Fprintf(j.err, "\r\033[K%3.0f %% %s", 100*done, file)
		case file != shown:
			fmt.Fprintln(j.err, file)
		}
		shown = file
	}
}

func listOf(lost []exchange.Loss) string {
	var names []string
	for _, l := range lost {
		names = append(names, string(l))
	}
	return strings.Join(names, ", ")
}
