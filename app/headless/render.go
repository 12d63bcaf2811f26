package headless

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"parley/app/settings"
	"parley/app/wire"
	"parley/editor"
	"parley/editor/render"
	"parley/editor/store"
)

func (p *program) renderVerb() *cobra.Command {
	var target string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "render PROJECT|FILE... -o OUT.mp4",
		Short: "Render a project, or join files to a film",
		Long: `Render a project, or simply join the files given, stills and recordings'
folders included, to one mp4 that plays everywhere. The film is checked before
it gets its name: the target is whole or what it was before.`,
		Example: `  parley render interview.parley -o interview.mp4
  parley render title.jpg recordings/2026-11-23 -o film.mp4`,
		Args: usage(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if target == "" {
				return failure{exitUsage, errors.New("say where the film goes: -o OUT.mp4")}
			}
			return p.render(cmd.Context(), args, target, asJSON)
		},
	}
	cmd.Flags().StringVarP(&target, "output", "o", "", "the film's `FILE`, an mp4")
	cmd.Flags().BoolVar(&asJSON, "json", false, "progress and result as JSON objects, one a line")
	return cmd
}

func (p *program) render(ctx context.Context, args []string, target string, asJSON bool) error {
	folders, err := settings.FoldersFor(p.profile)
	if err != nil {
		return err
	}
	kit, err := wire.NewEditor(ctx, folders, wire.Effects(folders, p.log))
	if err != nil {
		return err
	}
	project, err := openFilm(ctx, kit, args)
	if err != nil {
		return err
	}
	show := p.progressLine()
	if asJSON {
		show = p.jsonProgress
	}
	report, err := kit.Renderer.Render(ctx, render.FilmOf(project), target, show)
	if err != nil {
		return err
	}
	if asJSON {
		return json.NewEncoder(p.out).Encode(struct {
			Type string `json:"type"`
			render.Report
		}{"film", report})
	}
	o := report.Output
	fmt.Fprintf(p.out, "%s\n%dx%d, %.5g fps, %s s, %s, made in %.1f s\n", report.Path, o.Width, o.Height,
		o.Rate.Float(), report.Duration, size(report.Size), report.Elapsed.Seconds())
	return nil
}

// openFilm loads a project, or makes one of plain files.
func openFilm(ctx context.Context, kit *wire.Editor, args []string) (*editor.Project, error) {
	if len(args) == 1 && strings.EqualFold(filepath.Ext(args[0]), store.Extension) {
		return store.Load(args[0])
	}
	return store.Join(ctx, kit.Tools, args...)
}

// progressLine shows progress on one line of a terminal, or one line a phase
// where the output is kept in a file.
func (p *program) progressLine() func(render.Progress) {
	if !isTerminal(p.err) {
		var phase render.Phase
		return func(r render.Progress) {
			if r.Phase != phase {
				phase = r.Phase
				fmt.Fprintln(p.err, phase)
			}
		}
	}
	return func(r render.Progress) {
		left, end := "", ""
		if r.Left >= 0 && r.Phase == render.Rendering {
			left = fmt.Sprintf(", %s left", r.Left.Round(time.Second))
		}
		if r.Phase == render.Done {
			end = "\n"
		}
		fmt.Fprintf(p.err, "\r\033[K%3.0f %% %s%s%s", 100*r.Fraction, r.Phase, left, end)
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func (p *program) jsonProgress(r render.Progress) {
	// A reader that went away is noticed when the result is written.
	_ = json.NewEncoder(p.out).Encode(struct {
		Type string `json:"type"`
		render.Progress
	}{"progress", r})
}
