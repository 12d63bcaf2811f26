package headless

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"parley/app/wire"
	"parley/call"
)

func (p *program) devicesVerb() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "devices",
		Short: "List cameras, microphones and speakers",
		Args:  usage(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			list, err := wire.Devices().List()
			if err != nil {
				p.log.Warn("not all devices can be listed", "err", err)
			}
			if asJSON {
				if list == nil {
					list = []call.DeviceInfo{}
				}
				return json.NewEncoder(p.out).Encode(list)
			}
			for _, d := range list {
				mark := " "
				if d.Default {
					mark = "*"
				}
				fmt.Fprintf(p.out, "%s %-10s  %s\n", mark, d.Kind, d.Name)
			}
			if len(list) == 0 {
				fmt.Fprintln(p.out, "no camera, microphone or speaker was found; --camera pattern and --mic tone stand in for them")
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "a JSON list")
	return cmd
}
