package headless

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"

	"github.com/spf13/cobra"

	"parley/app/settings"
	"parley/app/wire"
	"parley/call"
	"parley/call/signal/direct"
	"parley/editor"
)

// finding is one line of the doctor's report.
type finding struct {
	What   string `json:"what"`
	OK     bool   `json:"ok"`
	Needed bool   `json:"needed"` // Parley's main job cannot be done without it
	Detail string `json:"detail"`
	Mend   string `json:"mend,omitempty"` // the command that mends it
}

func (p *program) doctorVerb() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check what Parley needs, and say what mends it",
		Long: `Check ffmpeg and its encoders, camera, microphone, speaker, display, ports and
data folder, and give the exact command that mends each. The exit status is 1
where something is missing that Parley cannot do without.`,
		Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.report(p.examine(cmd.Context()), asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "a JSON list")
	return cmd
}

func (p *program) examine(ctx context.Context) []finding {
	folders, err := settings.FoldersFor(p.profile)
	if err != nil {
		return []finding{{What: "home folder", Needed: true, Detail: err.Error(), Mend: "export HOME=/home/$(id -un)"}}
	}
	all := examineFFmpeg(ctx, folders)
	all = append(all, examineDevices()...)
	all = append(all, examineDisplay())
	all = append(all, examinePorts()...)
	return append(all, examineFolder(folders.Data))
}

func (p *program) report(all []finding, asJSON bool) error {
	bad := 0
	for _, f := range all {
		if !f.OK && f.Needed {
			bad++
		}
	}
	if asJSON {
		if err := json.NewEncoder(p.out).Encode(all); err != nil {
			return err
		}
	} else {
		p.print(all)
	}
	if bad > 0 {
		return fmt.Errorf("%d thing(s) that Parley cannot do without; see above for the command that mends each", bad)
	}
	return nil
}

func (p *program) print(all []finding) {
	for _, f := range all {
		mark := "ok  "
		switch {
		case !f.OK && f.Needed:
			mark = "FAIL"
		case !f.OK:
			mark = "--  "
		}
		fmt.Fprintf(p.out, "%s %-22s %s\n", mark, f.What, f.Detail)
		if f.Mend != "" {
			fmt.Fprintf(p.out, "     %-22s %s\n", "", f.Mend)
		}
	}
}

const installFFmpeg = "sudo apt-get install ffmpeg"

func examineFFmpeg(ctx context.Context, folders settings.Folders) []finding {
	kit, err := wire.NewEditor(ctx, folders, editor.Effects{})
	if err != nil {
		return []finding{{What: "ffmpeg", Needed: true, Detail: err.Error(), Mend: installFFmpeg}}
	}
	all := []finding{{What: "ffmpeg", OK: true, Needed: true, Detail: fmt.Sprintf("%s, version %s; %s", kit.Tools.FFmpeg, kit.Tools.Version, kit.Tools.FFprobe)}}
	for _, e := range kit.Tools.Encoders(ctx) {
		f := finding{What: "encoder " + e.Name, OK: e.Err == nil, Needed: e.Needed, Detail: e.Use}
		if e.Err != nil && e.Needed {
			f.Detail, f.Mend = e.Err.Error(), "sudo apt-get install --reinstall ffmpeg libavcodec59"
		} else if e.Err != nil {
			f.Detail = e.Use + "; does not work here"
		}
		all = append(all, f)
	}
	all = append(all, examineTitles(ctx, kit, folders)...)
	return append(all, examineHardware(ctx, kit)...)
}

// examineHardware tries the encoders in hardware anew, whatever is remembered
// of them.
func examineHardware(ctx context.Context, kit *wire.Editor) []finding {
	kit.Tools.Trials = ""
	trials, err := kit.Tools.HardwareTrials(ctx)
	if err != nil {
		return []finding{{What: "encoders in hardware", Detail: err.Error()}}
	}
	var all []finding
	for _, h := range trials {
		f := finding{What: "encoder " + h.Name, OK: h.Err == nil, Detail: "films, quicker: " + h.Maker}
		if h.Err != nil {
			f.Detail += "; does not work here"
		}
		all = append(all, f)
	}
	return all
}

func examineDevices() []finding {
	list, err := wire.Devices().List()
	found := map[call.DeviceKind][]string{}
	for _, d := range list {
		found[d.Kind] = append(found[d.Kind], d.Name)
	}
	kinds := []struct {
		kind   call.DeviceKind
		detail string
		mend   string
	}{
		{call.Camera, "none found; plug one in, or use --camera pattern", `sudo usermod -aG video "$USER"   # then log in again, where a camera is plugged in`},
		{call.Microphone, "none found; plug one in, or use --mic tone", "sudo apt-get install pipewire-audio   # or pulseaudio; then log in again"},
		{call.Speaker, "none found; plug one in, or use --speaker off", "sudo apt-get install pipewire-audio   # or pulseaudio; then log in again"},
	}
	var all []finding
	for _, k := range kinds {
		f := finding{What: string(k.kind), OK: len(found[k.kind]) > 0}
		if f.OK {
			f.Detail = fmt.Sprint(found[k.kind])
		} else {
			f.Detail, f.Mend = k.detail, k.mend
		}
		all = append(all, f)
	}
	if err != nil {
		all = append(all, finding{What: "device list", Detail: err.Error()})
	}
	return all
}

func examineDisplay() finding {
	f := finding{What: "display", OK: true, Detail: "there"}
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		f.OK, f.Detail, f.Mend = false, "none; the verbs work without one", "xvfb-run parley   # sudo apt-get install xvfb"
	}
	return f
}

// examinePorts tries the default port for signalling and for media.
func examinePorts() []finding {
	address := net.JoinHostPort("", strconv.Itoa(direct.DefaultPort))
	tcp, errTCP := net.Listen("tcp", address)
	if errTCP == nil {
		errTCP = tcp.Close()
	}
	udp, errUDP := net.ListenPacket("udp", address)
	if errUDP == nil {
		errUDP = udp.Close()
	}
	return []finding{examinePort("TCP", errTCP), examinePort("UDP", errUDP)}
}

func examinePort(kind string, err error) finding {
	f := finding{What: fmt.Sprintf("port %d %s", direct.DefaultPort, kind), OK: err == nil, Detail: "free"}
	if err != nil {
		f.Detail = "in use, by another Parley perhaps; one that runs is reached at another port"
		f.Mend = fmt.Sprintf("ss -lnp 'sport = :%d'   # shows which program has it", direct.DefaultPort)
	}
	return f
}

// examineFolder tries to write where recordings and projects go.
func examineFolder(dir string) finding {
	f := finding{What: "data folder", OK: true, Needed: true, Detail: dir}
	err := os.MkdirAll(dir, 0o700)
	if err == nil {
		probe := filepath.Join(dir, ".doctor")
		err = errors.Join(os.WriteFile(probe, []byte("x"), 0o600), os.Remove(probe))
	}
	if err != nil {
		f.OK, f.Detail = false, err.Error()
		f.Mend = fmt.Sprintf("sudo install -d -m 700 -o \"$(id -un)\" %q", dir)
	}
	return f
}
