package headless

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"parley/app/wire"
)

func (p *program) nearbyVerb() *cobra.Command {
	var asJSON bool
	var length time.Duration
	cmd := &cobra.Command{
		Use:   "nearby",
		Short: "List the people on the same network who can be called",
		Long: `List the people on the same network who can be called. Each is called by name
("parley call NAME"), or by the address nearby:ID where two have one name.`,
		Example: `  parley nearby --json | jq -r '.[] | select(.availability == "available").name'`,
		Args:    usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			n, err := wire.Nearby(wire.Options{Log: p.log})
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, n.Close()) }()
			select {
			case <-time.After(length):
			case <-cmd.Context().Done():
				return failure{exitCancelled, errors.New("cancelled")}
			}
			people := n.People()
			if asJSON {
				return json.NewEncoder(p.out).Encode(people)
			}
			for _, one := range people {
				fmt.Fprintf(p.out, "%-24s  %-9s  %-28s  %s\n", one.Name, one.Availability, one.Address(), one.Addresses[0])
			}
			if len(people) == 0 {
				fmt.Fprintln(p.out, "nobody was found on this network")
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "a JSON list")
	cmd.Flags().DurationVar(&length, "for", 2*time.Second, "how long to listen")
	return cmd
}
