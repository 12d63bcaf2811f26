package headless

import (
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The man page names each verb, and each flag that a program is started with.
func TestTheManPageNamesAll(t *testing.T) {
	text, err := os.ReadFile("../../docs/parley.1")
	if err != nil {
		t.Fatal(err)
	}
	page := strings.ReplaceAll(string(text), `\-`, "-")
	named := func(flag string) bool {
		_, rest, found := strings.Cut(page, "--"+flag)
		for found && rest != "" && (rest[0] == '-' || rest[0] >= 'a' && rest[0] <= 'z') {
			_, rest, found = strings.Cut(rest, "--"+flag)
		}
		return found
	}
	var look func(*cobra.Command)
	look = func(c *cobra.Command) {
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden && f.Name != "help" && f.Name != "version" && !named(f.Name) {
				t.Errorf("%s --%s is not in the man page", c.CommandPath(), f.Name)
			}
		})
		for _, verb := range c.Commands() {
			if !strings.Contains(page, verb.Name()) {
				t.Errorf("%s is not in the man page", verb.CommandPath())
			}
			look(verb)
		}
	}
	look((&program{}).root())
}
