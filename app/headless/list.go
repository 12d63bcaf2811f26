package headless

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

// listVerb is a verb that lists what a group of verbs is about.
func listVerb(short string, list func(asJSON bool) error) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list", Short: short, Args: usage(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error { return list(asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "a JSON list")
	return cmd
}

// writeTable writes things of one kind for scripts, or for people: rows of
// cells with tabs between them under a head, or that there are none.
func writeTable[T any](w io.Writer, asJSON bool, all []T, none, head string, row func(T) string) error {
	if asJSON {
		return writeList(w, true, all, row)
	}
	if len(all) == 0 {
		_, err := fmt.Fprintln(w, none)
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, head)
	for _, one := range all {
		fmt.Fprintln(table, row(one))
	}
	return table.Flush()
}

// writeList writes things of one kind, for people or for scripts.
func writeList[T any](w io.Writer, asJSON bool, all []T, line func(T) string) error {
	if asJSON {
		return json.NewEncoder(w).Encode(append([]T{}, all...)) // never null
	}
	for _, one := range all {
		if _, err := fmt.Fprintln(w, line(one)); err != nil {
			return err
		}
	}
	return nil
}
