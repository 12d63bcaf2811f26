package headless

import (
	"errors"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

func TestAWindowTakesNoFlagsOfAScript(t *testing.T) {
	for _, c := range []struct {
		args    []string
		refused string
	}{
		{[]string{"--camera", "pattern", "--port", "4000"}, ""},
		{[]string{"--for", "10s"}, "--for"},
		{[]string{"--record", "."}, "--record"},
		{[]string{"--camera", "pattern", "--stats", "s.json"}, "--stats"},
	} {
		var f callFlags
		cmd := &cobra.Command{}
		f.add(cmd)
		if err := cmd.ParseFlags(c.args); err != nil {
			t.Fatal(err)
		}
		err := f.fitWindow()
		if c.refused == "" {
			if err != nil {
				t.Errorf("%q: %v", c.args, err)
			}
			continue
		}
		var wrong failure
		if !errors.As(err, &wrong) || wrong.status != exitUsage || !strings.HasPrefix(err.Error(), c.refused+" ") ||
			!strings.Contains(err.Error(), "--no-window") {
			t.Errorf("%q: %v", c.args, err)
		}
	}
}
