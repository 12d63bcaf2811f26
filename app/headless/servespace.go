package headless

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"parley/app/wire/serving"
	"parley/assets"
	"parley/call/rendezvous"
	"parley/call/rendezvous/spaces"
)

const spaceHelp = `A space is a group that a server hosts apart from the others: its own invitation
key, name, theme and quota. Whoever has the invitation key may open slots in it.
The administrator key reads the space's figures, and nothing else:

  curl -H "Authorization: Bearer KEY" https://HOST/admin/space

Keys are printed once and kept as hashes. A running server notices a change
within two seconds; what is open with a key that is good no more ends.`

func (p *program) spaceVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use: "space", Short: "Make, list and remove the groups that the server hosts", Long: spaceHelp,
		Args: usage(cobra.NoArgs), RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(p.spaceAddVerb(), p.spaceListVerb(), p.spaceRemoveVerb(), p.spaceKeyVerb())
	return cmd
}

func (p *program) spaceAddVerb() *cobra.Command {
	var s rendezvous.Space
	cmd := &cobra.Command{
		Use: "add NAME", Short: "Make a space and print its keys",
		Args: usage(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			s.Name = args[0]
			if err := checkTheme(s.Theme); err != nil {
				return err
			}
			return p.withSpaces(func(path string) error {
				keys, err := spaces.Add(path, s)
				return p.printKeys(keys, err)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&s.Title, "title", "", "`TITLE` as guests see it")
	flags.StringVar(&s.Theme, "theme", "", "`THEME` of the guest page")
	flags.IntVar(&s.Quota.Slots, "slots", 0, "slots at once (0: no bound)")
	flags.IntVar(&s.Quota.Connections, "connections", 0, "connections at once (0: no bound)")
	flags.Int64Var(&s.Quota.RelayBytes, "relay-bytes", 0, "bytes a day that are relayed for its calls (0: as many as any space)")
	flags.IntVar(&s.Quota.RelayAllocations, "relay-allocations", 0, "relayed addresses (TURN allocations) of its calls at once (0: as many as any space)")
	return cmd
}

// checkTheme says which themes there are, where one is named that is none.
func checkTheme(name string) error {
	files, err := fs.Glob(assets.Themes, "themes/*.json")
	if err != nil {
		return err
	}
	var all []string
	for _, file := range files {
		all = append(all, strings.TrimSuffix(path.Base(file), ".json"))
	}
	if name != "" && !slices.Contains(all, name) {
		return failure{exitUsage, fmt.Errorf("there is no theme called %q; there are %s", name, strings.Join(all, ", "))}
	}
	return nil
}

func (p *program) spaceListVerb() *cobra.Command {
	return listVerb("List the spaces", func(asJSON bool) error {
		return p.withSpaces(func(path string) error {
			all, err := spaces.List(path)
			if err != nil {
				return err
			}
			return p.printSpaces(all, asJSON)
		})
	})
}

func (p *program) spaceRemoveVerb() *cobra.Command {
	return &cobra.Command{
		Use: "remove NAME", Short: "Remove a space; what is open in it ends",
		Args: usage(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			return p.withSpaces(func(path string) error { return spaces.Remove(path, args[0]) })
		},
	}
}

func (p *program) spaceKeyVerb() *cobra.Command {
	return &cobra.Command{
		Use: "key NAME", Short: "Draw new keys for a space; the old ones end",
		Args: usage(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			return p.withSpaces(func(path string) error {
				keys, err := spaces.Rekey(path, args[0])
				return p.printKeys(keys, err)
			})
		},
	}
}

func (p *program) withSpaces(f func(path string) error) error {
	folder, err := p.serverFolder()
	if err != nil {
		return err
	}
	return f(serving.Spaces(folder))
}

func (p *program) printKeys(keys spaces.Keys, err error) error {
	if err == nil {
		_, err = fmt.Fprintf(p.out, "invitation key:    %s\nadministrator key: %s\nThey are not shown again.\n", keys.Invitation, keys.Admin)
	}
	return err
}

// listedSpace is a space as --json tells it.
type listedSpace struct {
	Name  string           `json:"name"`
	Title string           `json:"title,omitempty"`
	Theme string           `json:"theme,omitempty"`
	Quota rendezvous.Quota `json:"quota"`
}

func (p *program) printSpaces(all []rendezvous.Space, asJSON bool) error {
	list := make([]listedSpace, 0, len(all))
	for _, s := range all {
		list = append(list, listedSpace{s.Name, s.Title, s.Theme, s.Quota})
	}
	return writeTable(p.out, asJSON, list, "there is no space yet; make one: parley serve space add NAME", "NAME\tTITLE\tSLOTS\tCONNECTIONS\tRELAY BYTES A DAY", func(s listedSpace) string {
		return fmt.Sprintf("%s\t%s\t%s\t%s\t%s", s.Name, s.Title, quota(s.Quota.Slots), quota(s.Quota.Connections), quota(s.Quota.RelayBytes))
	})
}

// quota shows no bound as one.
func quota[N int | int64](n N) string {
	if n == 0 {
		return "no bound"
	}
	return fmt.Sprint(n)
}
