package headless

import (
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"parley/app/settings"
	"parley/app/wire/serving"
	"parley/call/rendezvous"
)

const serveHelp = `Runs a rendezvous: the place at which two people meet who know no address of
each other, by a link or a spoken code, and where a guest without Parley finds
the page to answer in. It passes sealed messages on and can read none of them.

Without flags it serves plain HTTP on this machine alone (%s), and everybody on
the machine may open slots: enough to try it. For others, it needs a name and
TLS, from files or from an authority:

  parley serve --acme meet.example.org --open
  parley serve --cert fullchain.pem --key key.pem --open

or a proxy in front that has both, passes WebSockets on, and sets
X-Forwarded-For and X-Forwarded-Host:

  parley serve --behind-proxy --open

Where others reach it, a server takes no strangers unless it is told to, since
it would relay for the whole world: --open lets everybody open slots; otherwise
make a space (parley serve space add NAME) and give its invitation key to those
who may. Guests need no key.

SIGHUP or SIGUSR2 restarts it with the program that is on the disk now: the new
process takes the sockets over, programs reconnect at once, and the old one ends
with its last call. SIGTERM ends it.`

// serveFlags are those of parley serve.
type serveFlags struct {
	serving.Options
	proxies []string
	json    bool
}

func (p *program) serveVerb() *cobra.Command {
	f := &serveFlags{}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Run a rendezvous, where people meet by link or spoken code",
		Long:  fmt.Sprintf(serveHelp, serving.DefaultListen),
		Args:  usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := p.fillServe(f); err != nil {
				return err
			}
			restart := make(chan os.Signal, 1)
			signal.Notify(restart, restartSignals...)
			defer signal.Stop(restart)
			f.Restart = restart
			return serving.Run(cmd.Context(), f.Options)
		},
	}
	f.bind(cmd)
	cmd.AddCommand(p.spaceVerb())
	return cmd
}

func (f *serveFlags) bind(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.Listen, "listen", "", "`ADDRESS` to serve on (default "+serving.DefaultListen+"; with TLS, port 443 of all)")
	flags.BoolVar(&f.Open, "open", false, "let everybody open slots, without an invitation key")
	flags.StringVar(&f.Name, "name", "", "`NAME` of this server, as guests see it")
	flags.StringVar(&f.Cert, "cert", "", "`FILE` with the certificate, PEM; read again when it changes")
	flags.StringVar(&f.Key, "key", "", "`FILE` with its key, PEM")
	flags.StringSliceVar(&f.ACME, "acme", nil, "have a certificate for `HOST` issued by Let's Encrypt, whose terms you accept by this")
	flags.StringVar(&f.ACMEURL, "acme-directory", "", "`URL` of another authority's ACME directory")
	flags.StringSliceVar(&f.proxies, "behind-proxy", nil, "believe X-Forwarded-For from a proxy at these `ADDRESSES` (10.0.0.0/8,…; without any: this machine and private networks)")
	flags.Lookup("behind-proxy").NoOptDefVal = "private"
	flags.StringVar(&f.Metrics, "metrics", "", "`ADDRESS` for Prometheus, such as 127.0.0.1:9540; keep it from strangers")
	flags.DurationVar(&f.Drain, "drain", time.Hour, "how long the old process of a restart waits for its calls to end")
	flags.StringVar(&f.NATS, "nats", "", "`URL` of a NATS cluster, by which any number of servers behind one address are one")
	flags.IntVar(&f.MaxConnections, "max-connections", 0, "connections at once (default 20000)")
	flags.IntVar(&f.MaxPerAddress, "max-per-address", 0, "connections of one address at once (default 64)")
	f.bindRelay(flags)
	flags.BoolVar(&f.json, "log-json", false, "the log as JSON lines")
}

// fillServe sets what no flag does.
func (p *program) fillServe(f *serveFlags) (err error) {
	if f.Folder, err = p.serverFolder(); err != nil {
		return err
	}
	if f.Proxies, err = parseProxies(f.proxies); err != nil {
		return failure{exitUsage, err}
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("this program's own file is not known: %w", err)
	}
	f.Program = append([]string{self}, os.Args[1:]...)
	f.Version, f.Log = p.version, p.serverLog(f.json)
	f.Started = func(web, metrics string) {
		switch {
		case web == "":
			fmt.Fprintf(p.out, "figures: http://%s/metrics\n", metrics)
		case f.Cert != "" || len(f.ACME) > 0:
			fmt.Fprintf(p.out, "serving: https on %s\n", web)
		default:
			fmt.Fprintf(p.out, "serving: http://%s\n", web)
		}
	}
	return nil
}

// serverLog says what happens: a server's log is its face.
func (p *program) serverLog(asJSON bool) *slog.Logger {
	options := &slog.HandlerOptions{Level: slog.LevelInfo}
	if p.verbose {
		options.Level = slog.LevelDebug
	}
	if asJSON {
		return slog.New(slog.NewJSONHandler(p.err, options))
	}
	return slog.New(slog.NewTextHandler(p.err, options))
}

// serverFolder is where a server keeps its spaces and certificates.
func (p *program) serverFolder() (string, error) {
	folders, err := settings.FoldersFor(p.profile)
	return filepath.Join(folders.Data, "server"), err
}

func parseProxies(texts []string) (all []netip.Prefix, err error) {
	for _, text := range texts {
		if text == "private" {
			all = append(all, rendezvous.Private()...)
			continue
		}
		prefix, err := netip.ParsePrefix(text)
		if at, atErr := netip.ParseAddr(text); atErr == nil {
			prefix, err = at.Prefix(at.BitLen())
		}
		if err != nil {
			return nil, fmt.Errorf("--behind-proxy %q is no address and no network such as 10.0.0.0/8", text)
		}
		all = append(all, prefix)
	}
	return all, nil
}
