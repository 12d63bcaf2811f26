package headless

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"parley/app/settings"
	"parley/app/wire"
	"parley/editor"
)

func (p *program) probeVerb() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "probe FILE...",
		Short: "Say what is in files",
		Long: `Say what is in files: every stream with its codec, size as displayed, frame
rate, sound and duration, measured where a header lies. A file without picture
or sound gets a sentence that says what it is instead.`,
		Example: `  parley probe holiday.mov
  parley probe --json *.wmv`,
		Args: usage(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			folders, err := settings.FoldersFor(p.profile)
			if err != nil {
				return err
			}
			kit, err := wire.NewEditor(cmd.Context(), folders, editor.Effects{})
			if err != nil {
				return err
			}
			var failed []error
			for _, path := range args {
				media, err := kit.Tools.Probe(cmd.Context(), path)
				if err != nil {
					failed = append(failed, err)
					continue
				}
				if err := p.tellMedia(media, asJSON); err != nil {
					return err
				}
			}
			return errors.Join(failed...)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a file; times are fractions of seconds")
	return cmd
}

func (p *program) tellMedia(m *editor.Media, asJSON bool) error {
	if asJSON {
		enc := json.NewEncoder(p.out)
		enc.SetIndent("", "  ")
		return enc.Encode(m)
	}
	describe(p.out, m)
	return nil
}

// describe writes a media for a person.
func describe(w io.Writer, m *editor.Media) {
	fmt.Fprintf(w, "%s\n  %s, %s", m.Path, m.Format, size(m.Size))
	if !m.Still {
		fmt.Fprintf(w, ", %s s", m.Duration)
	}
	fmt.Fprintln(w)
	for i := range m.Streams {
		fmt.Fprintf(w, "  %s\n", sentence(&m.Streams[i], m.Still))
	}
	for _, warning := range m.Warnings {
		fmt.Fprintf(w, "  note: %s\n", warning)
	}
}

func sentence(s *editor.Stream, still bool) string {
	parts := []string{fmt.Sprintf("#%d %s: %s", s.Index, s.Kind, s.Codec)}
	add := func(when bool, format string, args ...any) {
		if when {
			parts = append(parts, fmt.Sprintf(format, args...))
		}
	}
	switch s.Kind {
	case editor.VideoStream:
		add(true, "%dx%d", s.Width, s.Height)
		add(s.Rotation != 0, "turned by %d°", s.Rotation)
		add(s.SAR.Known() && s.SAR.Num != s.SAR.Den, "pixels %d:%d", s.SAR.Num, s.SAR.Den)
		add(!still && !s.VariableRate, "%.5g fps", s.FrameRate.Float())
		add(!still && s.VariableRate, "variable rate, %.5g fps on average", s.AverageRate.Float())
		add(s.VariableSize, "changes size")
		add(s.PixelFormat != "", "%s %s range", s.PixelFormat, rangeName(s.FullRange))
		add(s.Interlaced, "interlaced")
	case editor.AudioStream:
		add(true, "%d Hz %s", s.SampleRate, s.Layout)
	}
	add(s.Language != "" && s.Language != "und", "%s", s.Language)
	add(!still, "from %s for %s s", s.Start, s.Duration)
	return strings.Join(parts, ", ")
}

func rangeName(full bool) string {
	if full {
		return "full"
	}
	return "limited"
}

// size writes bytes as people read them.
func size(n int64) string {
	switch {
	case n >= 1e9:
		return fmt.Sprintf("%.1f GB", float64(n)/1e9)
	case n >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	case n >= 1e3:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%d bytes", n)
}
