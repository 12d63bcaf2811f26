//go:build endtoend

package endtoend

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// program is the program under test.
var program string

func TestMain(m *testing.M) {
	status, err := withBinary(m.Run)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		status = 1
	}
	os.Exit(status)
}

// withBinary runs the tests on the program that PARLEY_BINARY names, or on one
// that is built for them.
func withBinary(run func() int) (status int, err error) {
	if program = os.Getenv("PARLEY_BINARY"); program != "" {
		if program, err = filepath.Abs(program); err != nil {
			return 1, err
		}
		return run(), nil
	}
	dir, err := os.MkdirTemp("", "parley-endtoend")
	if err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	program = filepath.Join(dir, "parley")
	if out, err := exec.Command("go", "build", "-o", program, "parley").CombinedOutput(); err != nil {
		return 1, fmt.Errorf("the program cannot be built: %w\n%s", err, out)
	}
	return run(), nil
}

// artifact is where a file that is worth a look goes.
func artifact(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("PARLEY_ARTIFACTS")
	if dir == "" {
		dir = t.TempDir()
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, name)
}

// keep copies a file to the artifacts.
func keep(t *testing.T, path, name string) {
	t.Helper()
	from, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	to, err := os.Create(artifact(t, name))
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(to, from)
	if err := errors.Join(err, to.Close()); err != nil {
		t.Fatalf("keeping %s: %v", name, err)
	}
}
