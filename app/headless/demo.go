package headless

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"

	"github.com/spf13/cobra"

	"parley/app/settings"
)

func (p *program) demoVerb() *cobra.Command {
	var dir string
	var length time.Duration
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Do the main job once with test sources: call, record, make a film",
		Long: `Two Parleys on this machine call each other with a test picture and a test
tone and record; then a film is made of a title and the recording. It needs no
display, camera or microphone.`,
		Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := newDemo(p, dir, length)
			if err != nil {
				return err
			}
			return d.run(cmd.Context())
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "parley-demo", "`DIR` for everything that is made")
	cmd.Flags().DurationVar(&length, "for", 10*time.Second, "length of the call")
	return cmd
}

// demo is one run of the whole job.
type demo struct {
	p      *program
	dir    string
	length time.Duration
	self   string
}

func newDemo(p *program, dir string, length time.Duration) (*demo, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("this program's own file is not known: %w", err)
	}
	return &demo{p: p, dir: abs, length: length, self: self}, os.MkdirAll(abs, 0o700)
}

// run is the whole job:
//
//	answer (Bob) <── call, record (Ann) ──> title + recording ──> film.mp4
func (d *demo) run(ctx context.Context) error {
	fmt.Fprintf(d.p.out, "Two Parleys call each other for %s; everything goes to %s\n", d.length, d.dir)
	recording, err := d.call(ctx)
	if err != nil {
		return err
	}
	title := filepath.Join(d.dir, "title.png")
	if err := writeTitle(title, "A call with Parley", time.Now().Format("2 January 2006")); err != nil {
		return err
	}
	film := filepath.Join(d.dir, "film.mp4")
	if err := (&renderJob{program: d.p, sources: []string{title, recording}, target: film}).run(ctx); err != nil {
		return err
	}
	fmt.Fprintf(d.p.out, "recording  %s\nfilm       %s\n", recording, film)
	for _, who := range []string{"ann", "bob"} {
		if err := d.figures(who); err != nil {
			return err
		}
	}
	return nil
}

// call lets two processes talk, and returns the recording's folder.
func (d *demo) call(ctx context.Context) (recording string, err error) {
	bob, err := d.process(ctx, "bob", "answer")
	if err != nil {
		return "", err
	}
	said, err := bob.StderrPipe()
	if err != nil {
		return "", err
	}
	if err := bob.Start(); err != nil {
		return "", fmt.Errorf("the answering side did not start: %w", err)
	}
	port, rest, err := readPort(said)
	if err != nil {
		return "", errors.Join(err, bob.Process.Kill(), bob.Wait())
	}
	go io.Copy(d.p.err, rest) // ends with the process
	ann, err := d.process(ctx, "ann", "call", "127.0.0.1:"+port, "--for", d.length.String(), "--record", filepath.Join(d.dir, "recordings"))
	if err != nil {
		return "", errors.Join(err, bob.Process.Kill(), bob.Wait())
	}
	ann.Stderr = d.p.err
	out, err := ann.Output()
	if err != nil {
		return "", errors.Join(fmt.Errorf("the calling side failed: %w", err), bob.Process.Kill(), bob.Wait())
	}
	if err := bob.Wait(); err != nil {
		return "", fmt.Errorf("the answering side failed: %w", err)
	}
	return string(trimLine(out)), nil
}

func trimLine(b []byte) []byte {
	for len(b) > 0 && (b[len(b)-1] == '\n' || b[len(b)-1] == '\r') {
		b = b[:len(b)-1]
	}
	return b
}

// process is this program again, as another person.
func (d *demo) process(ctx context.Context, who, verb string, args ...string) (*exec.Cmd, error) {
	profile := filepath.Join(d.dir, who)
	folders, err := settings.FoldersFor(profile)
	if err != nil {
		return nil, err
	}
	store, err := settings.Open(folders.Settings())
	if err != nil {
		return nil, err
	}
	if err := store.Change(func(s *settings.Settings) { s.Name = map[string]string{"ann": "Ann", "bob": "Bob"}[who] }); err != nil {
		return nil, err
	}
	all := append([]string{
		verb, "--no-window", "--profile", profile, "--camera", "pattern", "--mic", "tone", "--speaker", "off",
		"--stats", d.stats(who),
	}, args...)
	return exec.CommandContext(ctx, d.self, all...), nil
}

func (d *demo) stats(who string) string { return filepath.Join(d.dir, who+".stats.json") }

var portLine = regexp.MustCompile(`port (\d+)$`)

// readPort waits for the line that says where the answering side listens.
func readPort(r io.Reader) (port string, rest io.Reader, err error) {
	lines := bufio.NewReader(r)
	for {
		text, err := lines.ReadString('\n')
		if m := portLine.FindStringSubmatch(string(trimLine([]byte(text)))); m != nil {
			return m[1], lines, nil
		}
		if err != nil {
			return "", nil, fmt.Errorf("the answering side did not say where it listens: %w", err)
		}
	}
}

// figures prints the summary of one side.
func (d *demo) figures(who string) error {
	s, err := lastLine(d.stats(who))
	if err != nil {
		return err
	}
	value := func(f *float64) string {
		if f == nil {
			return "-"
		}
		return fmt.Sprintf("%.0f ms", *f)
	}
	r := s.Received
	fmt.Fprintf(d.p.out, "%s: connected %s, first picture %s, first sound %s; %dx%d, %.1f pictures a second shown, %d freezes; picture latency p50 %s p95 %s, sound p95 %s; lost %d; CPU %.1f s, memory %s\n",
		who, value(s.Setup.Connected), value(s.Setup.FirstFrame), value(s.Setup.FirstSound), r.Width, r.Height, r.FrameRate, r.Freezes,
		value(r.PictureP50), value(r.PictureP95), value(r.SoundP95), r.Lost, s.CPU, size(s.PeakMemory))
	return nil
}

// lastLine reads the summary at the end of a statistics file.
func lastLine(path string) (line, error) {
	f, err := os.Open(path)
	if err != nil {
		return line{}, err
	}
	defer f.Close()
	var last line
	for dec := json.NewDecoder(f); ; {
		var l line
		if err := dec.Decode(&l); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return last, fmt.Errorf("%s: %w", path, err)
		}
		last = l
	}
	if last.Type != "summary" || last.Setup == nil {
		return last, fmt.Errorf("%s has no summary: the call did not end well", path)
	}
	return last, nil
}
