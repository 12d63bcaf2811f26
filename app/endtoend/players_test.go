//go:build endtoend

package endtoend

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// mustPlay plays a film to its end in the players that people have. One that
// is not installed is left out.
func mustPlay(t *testing.T, film string) {
	frames := len(stamps(t, film))
	t.Run("mpv", func(t *testing.T) { mustPlayInMPV(t, film) })
	t.Run("VLC", func(t *testing.T) { mustPlayInVLC(t, film, frames) })
	t.Run("Chromium", func(t *testing.T) { mustPlayInChromium(t, film, frames) })
}

// play runs a player in a group of its own, which ends with the test, and
// returns all that it wrote.
func play(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	group(cmd)
	if err := cmd.Run(); err != nil {
		t.Errorf("%s: %v\n%s", cmd.Path, err, said.Bytes())
	}
	return said.String()
}

// group puts a program into a process group of its own, and has all of that
// end where the program is given up.
func group(cmd *exec.Cmd) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid = true
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

func installed(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skip(err)
	}
	return path
}

// command is a player with a home of its own, which is given up in the end.
func command(t *testing.T, home, path string, args ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = append(environment(t), "HOME="+home, "XDG_RUNTIME_DIR="+home, "XDG_CACHE_HOME="+home)
	return cmd
}

// mpv is silent about a film that is right, and exits with 0 for every other.
// What its core warns of is a machine that is too slow.
func mustPlayInMPV(t *testing.T, film string) {
	path := installed(t, "mpv")
	said := play(t, command(t, t.TempDir(), path, "--no-config", "--vo=null", "--ao=null", "--untimed", "--ao-null-untimed=yes", "--msg-level=all=warn,cplayer=error", film))
	if said = strings.TrimSpace(said); said != "" {
		t.Errorf("mpv complains:\n%s", said)
	}
}

// complaint is a line of VLC's that concerns the film: of its own parts, or of
// the decoders of libavcodec. What it says of displays that are not there is
// none.
var complaint = regexp.MustCompile(`(?mi)^\[(h264|aac|mov|hevc|vp9|opus)[^\]]* @ .*$|^\[\S+\] (mp4|avcodec|faad|packetizer|es|main (input|demux|packetizer)) .*(error|warning).*$`)

// mustPlayInVLC has VLC write what it shows and plays, which tells that all of
// the film was decoded. VLC refuses to be root.
func mustPlayInVLC(t *testing.T, film string, frames int) {
	path := installed(t, "vlc")
	dir := open(t)
	film = lend(t, film, dir)
	pictures, sound := filepath.Join(dir, "shown.y4m"), filepath.Join(dir, "heard.wav")
	cmd := command(t, dir, path, "-I", "dummy", "--ignore-config", "--no-media-library", "--play-and-exit", "--no-drop-late-frames", "--no-skip-frames",
		"--avcodec-hw", "none", "--vout", "yuv", "--yuv-yuv4mpeg2", "--yuv-file", pictures, "--aout", "afile", "--audiofile-file", sound, film)
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	said := play(t, cmd)
	if bad := complaint.FindAllString(said, 5); bad != nil {
		t.Errorf("VLC complains:\n%s", strings.Join(bad, "\n"))
	}
	if shown := len(stamps(t, pictures)); shown < frames*95/100 || shown > frames+5 {
		t.Errorf("VLC showed %d pictures of %d", shown, frames)
	}
	want := seconds(t, probe(t, film).Format.Duration)
	if heard := seconds(t, probe(t, sound).Format.Duration); heard < want-0.25 {
		t.Errorf("VLC played %.2f s of sound, want %.2f", heard, want)
	}
}

// nobody is the user without rights.
const nobody = 65534

// open is a new folder in which every user may write.
func open(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, d := range []string{filepath.Dir(dir), dir} {
		if err := os.Chmod(d, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// lend copies a film to a folder so that every user can read it.
func lend(t *testing.T, film, dir string) string {
	t.Helper()
	data, err := os.ReadFile(film)
	if err != nil {
		t.Fatal(err)
	}
	there := filepath.Join(dir, "film.mp4")
	if err := os.WriteFile(there, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return there
}
