package headless

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"parley/app/wire"
	"parley/call"
	"parley/call/signal/direct"
)

// Exit statuses of every verb.
const (
	exitDone     = 0
	exitFailed   = 1
	exitUsage    = 2
	exitNoAnswer = 3
	exitRefused  = 4
	// As shells count a program that Ctrl-C ended.
	exitCancelled = 130
)

// Window opens the program's window and returns when it is closed.
type Window func(ctx context.Context, w wire.WindowOptions) error

// failure is an error with an exit status of its own.
type failure struct {
	status int
	err    error
}

func (f failure) Error() string { return f.err.Error() }
func (f failure) Unwrap() error { return f.err }

// program is what the verbs share.
type program struct {
	version string
	window  Window
	in      io.Reader
	out     io.Writer
	err     io.Writer
	started time.Time

	profile string
	verbose bool
	log     *slog.Logger
}

// Main runs the command line and returns the exit status.
func Main(args []string, version string, window Window) int {
	p := &program{version: version, window: window, in: os.Stdin, out: os.Stdout, err: os.Stderr, started: time.Now()}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := p.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	fmt.Fprintln(p.err, "parley:", err)
	var f failure
	if errors.As(err, &f) {
		return f.status
	}
	return exitFailed
}

func (p *program) root() *cobra.Command {
	hidden := false
	root := &cobra.Command{
		Use:   "parley [LINK]",
		Short: "Call one person, keep what was said, and make a film of it",
		Long: `Parley calls one person, keeps what was said, and makes a film of it: no
account, nothing in the middle. Without a verb it opens its window; with a LINK
(an address, https://HOST/c/…, a spoken code, or parley: and one of them) it
calls that at once; a parley: link, which a
web page may open, only after asking. Where Parley runs already, its window
comes to the front and does so.

Exit status: 0 done, 1 failed, 2 wrong usage, 3 no answer, 4 refused,
130 cancelled with Ctrl-C.`,
		Example: fmt.Sprintf(`  parley                          open the window
  parley call 192.168.1.7         call a Parley on another machine (port %d)
  parley answer --no-window       wait for a call and take it
  parley probe clip.mov           what is in a file
  parley render a.jpg b.mp4 -o film.mp4`, direct.DefaultPort),
		Version:       p.version,
		Args:          usage(cobra.MaximumNArgs(1)),
		SilenceErrors: true, SilenceUsage: true,
		PersistentPreRun: func(*cobra.Command, []string) { p.log = p.logger() },
		RunE: func(cmd *cobra.Command, args []string) error {
			w := p.windowOptions()
			w.Hand, w.Hidden = true, hidden
			if len(args) == 1 {
				w.Link = call.TrimScheme(args[0])
				w.AskFirst = w.Link != args[0]
			}
			return p.window(cmd.Context(), w)
		},
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return failure{exitUsage, err} })
	root.Flags().BoolVar(&hidden, "hidden", false, "begin in the desktop's tray, without a window, where there is one")
	root.PersistentFlags().StringVar(&p.profile, "profile", "", "`DIR` with settings and data of a separate identity, so that two can run on one machine")
	root.PersistentFlags().BoolVarP(&p.verbose, "verbose", "v", false, "say more in the log (stderr)")
	root.AddCommand(p.callVerb(), p.answerVerb(), p.inviteVerb(), p.contactsVerb(), p.nearbyVerb(), p.devicesVerb(), p.doctorVerb(), p.probeVerb(), p.renderVerb(), p.exportVerb(), p.demoVerb(), p.serveVerb())
	return root
}

// logger writes to stderr: warnings, or everything that is not a flood.
func (p *program) logger() *slog.Logger {
	level := slog.LevelWarn
	if p.verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(p.err, &slog.HandlerOptions{Level: level}))
}

func (p *program) windowOptions() wire.WindowOptions {
	return wire.WindowOptions{
		Options: wire.Options{Profile: p.profile, Listen: true, Log: p.log},
		Version: p.version, StartedAt: p.started,
	}
}

// usage gives wrong arguments their exit status.
func usage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return failure{exitUsage, fmt.Errorf("%w; see: parley %s --help", err, cmd.Name())}
		}
		return nil
	}
}
