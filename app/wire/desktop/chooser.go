package desktop

import (
	"context"
	"errors"
	"net/url"
	"os"
	"runtime"

	"github.com/godbus/dbus/v5"
	"github.com/rymdport/portal/filechooser"

	"parley/app/editui"
)

// chooser asks with the desktop's own file dialog through the XDG portal.
type chooser struct{}

// newChooser returns nil where there is no session bus to ask.
func newChooser() editui.Chooser {
	if runtime.GOOS != "linux" || os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		return nil
	}
	return chooser{}
}

// Open satisfies editui.Chooser.
func (chooser) Open(ctx context.Context, parent, title string) ([]string, error) {
	return ask(ctx, func() ([]string, error) {
		return filechooser.OpenFile(parent, title, &filechooser.OpenFileOptions{Multiple: true})
	})
}

// Save satisfies editui.Chooser.
func (chooser) Save(ctx context.Context, parent, title, folder, name string) (string, error) {
	paths, err := ask(ctx, func() ([]string, error) {
		return filechooser.SaveFile(parent, title, &filechooser.SaveFileOptions{CurrentFolder: folder, CurrentName: name})
	})
	if err != nil || len(paths) == 0 {
		return "", err
	}
	return paths[0], nil
}

// ask does not wait for a person who leaves the dialog open when the program
// ends: the portal's library cannot be interrupted, so its goroutine ends with
// the process.
func ask(ctx context.Context, dialog func() ([]string, error)) ([]string, error) {
	type answer struct {
		uris []string
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		uris, err := dialog()
		done <- answer{uris, err}
	}()
	select {
	case a := <-done:
		if a.err != nil {
			return nil, explainPortal(a.err)
		}
		return localPaths(a.uris), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// explainPortal tells a desktop without a portal from one whose dialog failed.
func explainPortal(err error) error {
	var bus dbus.Error
	if errors.As(err, &bus) {
		return errors.Join(editui.ErrNoChooser, err)
	}
	return err
}

// localPaths keeps what is a file of this machine.
func localPaths(uris []string) []string {
	var paths []string
	for _, text := range uris {
		if u, err := url.Parse(text); err == nil && u.Scheme == "file" {
			paths = append(paths, u.Path)
		}
	}
	return paths
}
