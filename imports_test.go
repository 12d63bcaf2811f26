package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// The one rule of this house: a parent package (call, editor) is pure domain,
// a child is one technology. These tests hold the directions in which packages
// may import each other; package hop holds those within the toolkit.

const module = "parley"

// listed is what `go list` tells of a package.
type listed struct {
	ImportPath   string
	Standard     bool
	CgoFiles     []string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// impure is what no domain package may reach, however far down.
var impure = []string{"C", "net", "net/http", "os/exec", "fyne.io/", "github.com/"}

// alsoAllowed are the few imports that the rules below would forbid, with
// those that only tests may have. An entry has to say why.
var alsoAllowed = map[string][]string{
	"editor/render": {"editor/ffmpeg"}, // drives it
	// The verbs show what the parts tell, and ask for no part of their own.
	"app/headless": {"editor/exchange", "editor/render", "editor/site", "editor/store", "call/signal/direct",
		"call/rendezvous", "call/rendezvous/spaces"},
}

var testsAllowed = map[string][]string{
	"call/signal/lan": {"call/signal/direct"}, // whom it finds is called so
	"call/record":     {"call/codec/h264"},    // a master is proven by a real stream
	"editor/render":   {"editor/store"},       // a film is made of a project as it is kept
	// Both ends of the wire are held to one another.
	"call/signal/rendezvous": {"call/rendezvous"},
	// What melt makes of an export is compared with the film itself.
	"editor/exchange": {"editor/ffmpeg", "editor/render", "editor/store"},
}

// breaches lists every import that breaks a rule.
func breaches(packages []listed) (all []string) {
	for _, p := range packages {
		for _, to := range p.Imports {
			if why := forbidden(p.ImportPath, to, false); why != "" {
				all = append(all, fmt.Sprintf("%s imports %s: %s", p.ImportPath, to, why))
			}
		}
		for _, to := range slices.Concat(p.TestImports, p.XTestImports) {
			if why := forbidden(p.ImportPath, to, true); why != "" {
				all = append(all, fmt.Sprintf("%s imports %s in a test: %s", p.ImportPath, to, why))
			}
		}
		if (p.ImportPath == module+"/call" || p.ImportPath == module+"/editor") && len(p.CgoFiles) > 0 {
			all = append(all, p.ImportPath+" uses cgo")
		}
	}
	return all
}

// forbidden says which rule an import breaks, or "".
func forbidden(from, to string, test bool) string {
	from = strings.TrimPrefix(strings.TrimPrefix(from, module), "/")
	if strings.HasPrefix(to, "fyne.io/fyne/") {
		return toolkit(from, to, test)
	}
	to, ours := strings.CutPrefix(to, module+"/")
	switch {
	case !ours, from == to, slices.Contains(alsoAllowed[from], to), test && slices.Contains(testsAllowed[from], to):
		return ""
	case test && isSuite(to):
		return ""
	case isDomain(from):
		return domain(from, to, test)
	case from == "":
		return unless(within(to, "app/headless") || within(to, "app/wire"), "main hands over and does nothing else")
	case within(from, "app/wire"):
		return ""
	case to == "app/wire" || within(to, "app/wire"):
		return unless(from == "app/headless", "the window is given its services")
	case isDomain(to) && strings.Contains(to, "/"):
		return "only app/wire names concrete adapters"
	case within(from, "assets"):
		return "assets are files"
	}
	return ""
}

// domain is about call, editor and their children.
func domain(from, to string, test bool) string {
	switch {
	case !strings.Contains(from, "/") && !test:
		return "a parent imports nothing of the house"
	case strings.Split(from, "/")[0] != strings.Split(to, "/")[0]:
		return "call, editor and app know each other only from above"
	}
	return unless(within(from, to) || within(to, from), "a child never imports a sibling")
}

// toolkit is about Fyne.
func toolkit(from, to string, test bool) string {
	switch {
	case !within(from, "app"):
		return "the toolkit stays below app"
	case to == "fyne.io/fyne/v2/app" && from != "app" && !test:
		return "the toolkit is started in one place"
	}
	return ""
}

func unless(ok bool, why string) string {
	if ok {
		return ""
	}
	return why
}

// within says whether a path is a folder or below it.
func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}

func isDomain(path string) bool { return within(path, "call") || within(path, "editor") }

// isSuite knows packages that exist for tests, by their name.
func isSuite(path string) bool { return strings.HasSuffix(path, "test") }

// list asks the go command about packages.
func list(t *testing.T, args ...string) (all []listed) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", append([]string{"list", "-e", "-json=ImportPath,Standard,CgoFiles,Imports,TestImports,XTestImports"}, args...)...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1") // else files with C in them are not listed
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func TestImportDirections(t *testing.T) {
	packages := list(t, "./...")
	if len(packages) < 20 {
		t.Fatalf("only %d packages were looked at", len(packages))
	}
	for _, b := range breaches(packages) {
		t.Error(b)
	}
}

// The domain packages reach neither the toolkit nor a socket, a process or C,
// through whatever they import.
func TestDomainIsPure(t *testing.T) {
	for _, parent := range []string{"./call", "./editor"} {
		for _, b := range impurities(list(t, "-deps", parent)) {
			t.Errorf("%s reaches %s", parent, b)
		}
	}
}

func impurities(packages []listed) (all []string) {
	for _, p := range packages {
		bad := slices.ContainsFunc(impure, func(s string) bool {
			return p.ImportPath == s || strings.HasSuffix(s, "/") && strings.HasPrefix(p.ImportPath, s)
		})
		if bad || len(p.CgoFiles) > 0 && p.ImportPath != "runtime/cgo" {
			all = append(all, p.ImportPath)
		}
	}
	return all
}

// Each rule finds its breach, and what is right passes.
func TestBreachesAreFound(t *testing.T) {
	p := func(from string, to ...string) listed {
		return listed{ImportPath: strings.TrimSuffix("parley/"+from, "/"), Imports: to}
	}
	wrong := []listed{
		p("call", "parley/call/rtc"), p("call", "parley/editor"), p("editor", "parley/call"), p("call", "fyne.io/fyne/v2"),
		p("call/rtc", "parley/call/audio"), p("call/codec/vp8", "parley/call/codec/h264"), p("call/audio", "parley/call/signal/signaltest"),
		p("editor/ffmpeg", "parley/editor/render"), p("call/record", "parley/editor"), p("editor/store", "parley/app/settings"),
		p("call/record", "parley/call/codec/h264"), p("app/callui", "parley/call/rtc"), p("app/callui", "parley/app/wire"),
		p("app", "parley/app/wire"), p("app", "parley/editor/ffmpeg"), p("app/look", "fyne.io/fyne/v2/app"),
		p("assets", "parley/call"), p("", "parley/call"), p("call/capture", "fyne.io/fyne/v2/widget"),
		{ImportPath: "parley/call", CgoFiles: []string{"c.go"}},
		{ImportPath: "parley/call/rtc", XTestImports: []string{"parley/call/audio"}},
	}
	for _, w := range wrong {
		if n := len(breaches([]listed{w})); n != 1 {
			t.Errorf("%d breaches in %+v", n, w)
		}
	}
	right := []listed{
		p("call", "log/slog"), p("call/rtc", "parley/call", "net", "parley/call/rtc/pacing"), p("editor/render", "parley/editor/ffmpeg"),
		p("call/codec/vp8", "parley/call/codec"), p("app/wire", "parley/call/rtc", "parley/editor/ffmpeg"), p("app", "fyne.io/fyne/v2/app"),
		p("app/headless", "parley/app/wire"), p("app/callui", "parley/call", "fyne.io/fyne/v2"), p("", "parley/app/headless"),
		{ImportPath: "parley/call", XTestImports: []string{"parley/call/signal/signaltest"}},
	}
	if all := breaches(right); len(all) != 0 {
		t.Errorf("found wrong: %q", all)
	}
	for _, bad := range []listed{{ImportPath: "net"}, {ImportPath: "os/exec"}, {ImportPath: "github.com/pion/rtp"}, {ImportPath: "x", CgoFiles: []string{"a.go"}}} {
		if len(impurities([]listed{bad, {ImportPath: "net/netip"}})) != 1 {
			t.Errorf("%s passes for pure", bad.ImportPath)
		}
	}
}
