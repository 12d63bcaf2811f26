package headless

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"parley/app/settings"
	"parley/app/wire"
	"parley/editor"
	"parley/editor/render"
)

// renderJob is what parley render was asked for.
type renderJob struct {
	*program
	sources []string
	target  string
	film    filmFlags
	asJSON  bool
	list    bool
	plan    bool
}

func (p *program) renderVerb() *cobra.Command {
	j := &renderJob{program: p}
	cmd := &cobra.Command{
		Use:   "render PROJECT|FILE... -o OUT",
		Short: "Render a project, or join files to a film",
		Long: `Render a project, or simply join the files given, stills and recordings'
folders included, to one film. What need not be encoded is copied, what was
rendered before is taken from the cache, and a render that was interrupted goes
on where it was. The film is checked before it gets its name: the target is
whole or what it was before.

What the film is made as is chosen by a preset (--list-presets), by the ending
of OUT (.mp4, .webm, .gif, .m4a, .opus, .jpg, .png), or else it is an mp4 of
the size and rate of its sources. The other flags change single things of it.

With --json, progress is written as one JSON object a line:
  {"type":"progress","phase":"rendering","fraction":0.42,"left":12000000000,"speed":3.1}
phase is preparing, rendering, finishing, checking or done; fraction goes from 0
to 1; left is in nanoseconds, negative where nothing can be said yet; speed is
seconds of film a second. The last line is {"type":"film",…} with path, output,
frames, duration, size, and how many segments were made and reused. With --plan
there is one line, {"type":"plan",…}: how many frames are copied, kept from
before and encoded, size in bytes and time in nanoseconds, both estimates.

Ctrl-C cancels and leaves the target as it was; Ctrl-Z pauses, and fg goes on.`,
		Example: `  parley render interview.parley -o interview.mp4
  parley render title.jpg recordings/2026-11-23 -o film.mp4
  parley render interview.parley -o small.mp4 --preset web-720p --target-size 25M
  parley render interview.parley -o poster.jpg --at 1:02.5
  parley render clip.mov -o clip.webm --size 720p --rate 30
  parley render interview.parley --plan`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			j.sources = args
			return j.run(cmd.Context())
		},
	}
	cmd.Flags().StringVarP(&j.target, "output", "o", "", "the film's `FILE`")
	cmd.Flags().BoolVar(&j.asJSON, "json", false, "progress and result as JSON objects, one a line")
	cmd.Flags().BoolVar(&j.list, "list-presets", false, "show what a film can be made as")
	cmd.Flags().BoolVar(&j.plan, "plan", false, "say what would be copied and what encoded, how long that takes and how large it comes out, and make nothing")
	cmd.Flags().SortFlags = false
	j.film.add(cmd.Flags())
	return cmd
}

func (j *renderJob) run(ctx context.Context) error {
	switch {
	case j.list:
		return j.listPresets()
	case len(j.sources) == 0:
		return failure{exitUsage, errors.New("name a project, or the files to join; see: parley render --help")}
	case j.target == "" && !j.plan:
		return failure{exitUsage, errors.New("say where the film goes: -o OUT.mp4")}
	}
	folders, err := settings.FoldersFor(j.profile)
	if err != nil {
		return err
	}
	kit, err := wire.NewEditor(ctx, folders, wire.Effects(folders, j.log))
	if err != nil {
		return err
	}
	film, err := j.open(ctx, kit)
	if err != nil {
		return err
	}
	if j.plan {
		return j.foretell(ctx, kit, film)
	}
	return j.render(ctx, kit, film)
}

// foretell tries out short parts of the film and tells what making it would be.
func (j *renderJob) foretell(ctx context.Context, kit *wire.Editor, film render.Film) error {
	f, err := kit.Renderer.Sample(ctx, film)
	switch {
	case err != nil:
		return err
	case j.asJSON:
		return json.NewEncoder(j.out).Encode(struct {
			Type string `json:"type"`
			render.Forecast
		}{"plan", f})
	}
	_, err = fmt.Fprintln(j.out, f)
	return err
}

// open is the film that was asked for, of a project or of plain files. It
// settles the target's ending.
func (j *renderJob) open(ctx context.Context, kit *wire.Editor) (film render.Film, err error) {
	project, err := openFilm(ctx, kit, j.sources)
	if err != nil {
		return film, err
	}
	film = render.FilmOf(project)
	if film.Output, j.target, err = j.film.output(project, j.target); err != nil {
		return film, failure{exitUsage, err}
	}
	if j.film.loudness == 0 {
		return film, nil
	}
	master := film.Timeline.Master()
	master.Loudness = j.film.loudness
	if film.Timeline, err = film.Timeline.WithMaster(master); err != nil {
		return film, failure{exitUsage, err}
	}
	return film, nil
}

func (j *renderJob) render(ctx context.Context, kit *wire.Editor, film render.Film) error {
	show := j.progressLine()
	if j.asJSON {
		show = j.jsonProgress
	}
	var pause render.Pause
	defer suspendable(&pause)()
	report, err := kit.Renderer.Render(render.Pausable(ctx, &pause), film, j.target, show)
	switch {
	case err != nil && ctx.Err() != nil:
		return failure{exitCancelled, fmt.Errorf("cancelled; %s is what it was before", j.target)}
	case err != nil:
		return err
	case j.asJSON:
		return json.NewEncoder(j.out).Encode(struct {
			Type string `json:"type"`
			render.Report
		}{"film", report})
	}
	_, err = fmt.Fprintf(j.out, "%s\n%s, made in %.1f s\n", report.Path, reportText(report), report.Elapsed.Seconds())
	return err
}

// reportText is "1280x720, 30 fps, 12.5 s, 3.1 MB, 92 % copied", with what its
// format has.
func reportText(r render.Report) string {
	var parts []string
	o := r.Output
	if o.Format.Seen() {
		parts = append(parts, fmt.Sprintf("%dx%d", o.Width, o.Height))
	}
	if o.Format.Seen() && !o.Format.Poster() {
		parts = append(parts, fmt.Sprintf("%.5g fps", o.Rate.Float()))
	}
	if !o.Format.Poster() {
		parts = append(parts, fmt.Sprintf("%s s", r.Duration))
	}
	parts = append(parts, size(r.Size))
	if r.Copied > 0 {
		parts = append(parts, fmt.Sprintf("%d %% copied", 100*r.Copied/r.Frames))
	}
	return strings.Join(parts, ", ")
}

func (j *renderJob) listPresets() error {
	if j.asJSON {
		var list []any
		for _, p := range editor.Presets() {
			list = append(list, map[string]string{"name": p.Name, "title": p.Title, "about": p.About})
		}
		return json.NewEncoder(j.out).Encode(list)
	}
	table := tabwriter.NewWriter(j.out, 0, 8, 2, ' ', 0)
	for _, p := range editor.Presets() {
		fmt.Fprintf(table, "%s\t%s\t%s\n", p.Name, p.Title, p.About)
	}
	return table.Flush()
}
