// Package portal asks for files in the desktop's own dialog, through the
// FileChooser of xdg-desktop-portal on the session bus:
// https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.FileChooser.html
//
// It speaks to the bus itself, because a dialog has to end when the program
// does, and a file's name may have a plus sign or a percent sign in it; the
// module rymdport/portal does neither as of v0.4.2. It owns no goroutine but
// the connection's, which ends with each question.
package portal

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/godbus/dbus/v5"

	"parley/app/editui"
)

const (
	service     = "org.freedesktop.portal.Desktop"
	object      = "/org/freedesktop/portal/desktop"
	fileChooser = "org.freedesktop.portal.FileChooser"
	request     = "org.freedesktop.portal.Request"
)

// Answers of a dialog.
const (
	chosen    = 0
	cancelled = 1
)

// Chooser is an editui.Chooser. Its zero value is ready to be used.
type Chooser struct{}

var _ editui.Chooser = Chooser{}

// Open asks for files that exist; none were chosen where the person gave up.
func (Chooser) Open(ctx context.Context, parent, title string) ([]string, error) {
	return ask(ctx, "OpenFile", parent, title, map[string]dbus.Variant{"multiple": dbus.MakeVariant(true)})
}

// Save asks for a file that is to be written; the desktop warns where there is
// one already. It is "" where the person gave up.
func (Chooser) Save(ctx context.Context, parent, title, folder, name string) (string, error) {
	paths, err := ask(ctx, "SaveFile", parent, title, map[string]dbus.Variant{
		"current_folder": dbus.MakeVariant(append([]byte(folder), 0)),
		"current_name":   dbus.MakeVariant(name),
	})
	if err != nil || len(paths) == 0 {
		return "", err
	}
	return paths[0], nil
}

// Folder asks for a folder that exists; it is "" where the person gave up.
func (Chooser) Folder(ctx context.Context, parent, title string) (string, error) {
	paths, err := ask(ctx, "OpenFile", parent, title, map[string]dbus.Variant{"directory": dbus.MakeVariant(true)})
	if err != nil || len(paths) == 0 {
		return "", err
	}
	return paths[0], nil
}

// ask opens a dialog and waits for its answer, or for ctx.
//
//	match Response ─> OpenFile ─> (the person) ─> Response
func ask(ctx context.Context, method, parent, title string, options map[string]dbus.Variant) ([]string, error) {
	conn, err := connect(ctx)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", editui.ErrNoChooser, err)
	}
	// The connection is this question's alone; nothing is lost with it.
	defer func() { _ = conn.Close() }()
	token := "parley" + strings.ToLower(rand.Text())
	options["handle_token"] = dbus.MakeVariant(token)
	answers := make(chan *dbus.Signal, 4)
	conn.Signal(answers)
	if err := match(conn, handleOf(conn, token)); err != nil {
		return nil, fmt.Errorf("%w: %w", editui.ErrNoChooser, err)
	}
	var handle dbus.ObjectPath
	call := conn.Object(service, object).CallWithContext(ctx, fileChooser+"."+method, 0, parent, title, options)
	if err := call.Store(&handle); err != nil {
		return nil, refused(ctx, err)
	}
	if handle != handleOf(conn, token) { // portals before version 0.9
		if err := match(conn, handle); err != nil {
			return nil, fmt.Errorf("%w: %w", editui.ErrNoChooser, err)
		}
	}
	return wait(ctx, handle, answers)
}

// connect joins the session bus that is there; where there is none it starts
// none, which ConnectSessionBus would.
func connect(ctx context.Context) (*dbus.Conn, error) {
	conn, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	if err = conn.Auth(nil); err == nil {
		err = conn.Hello()
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

// handleOf is the object that a dialog with a token will be, so that its
// answer cannot come before it is listened to.
func handleOf(conn *dbus.Conn, token string) dbus.ObjectPath {
	sender := strings.ReplaceAll(strings.TrimPrefix(conn.Names()[0], ":"), ".", "_")
	return dbus.ObjectPath(object + "/request/" + sender + "/" + token)
}

func match(conn *dbus.Conn, handle dbus.ObjectPath) error {
	return conn.AddMatchSignal(dbus.WithMatchObjectPath(handle), dbus.WithMatchInterface(request), dbus.WithMatchMember("Response"))
}

func refused(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("%w: %w", editui.ErrNoChooser, err)
}

func wait(ctx context.Context, handle dbus.ObjectPath, answers <-chan *dbus.Signal) ([]string, error) {
	for {
		select {
		case <-ctx.Done():
			// The bus tells the portal that the asker is gone, which closes it.
			return nil, ctx.Err()
		case s, ok := <-answers:
			if !ok {
				return nil, fmt.Errorf("%w: the session bus has gone", editui.ErrNoChooser)
			}
			if s.Path == handle && s.Name == request+".Response" {
				return answer(s.Body)
			}
		}
	}
}

// answer reads a Response.
func answer(body []any) ([]string, error) {
	var status uint32
	var results map[string]dbus.Variant
	if err := dbus.Store(body, &status, &results); err != nil {
		return nil, fmt.Errorf("%w: its answer makes no sense: %w", editui.ErrNoChooser, err)
	}
	switch status {
	case chosen:
	case cancelled:
		return nil, nil
	default:
		return nil, errors.New("the desktop's file dialog ended by itself; try again")
	}
	uris, ok := results["uris"].Value().([]string)
	if !ok {
		return nil, fmt.Errorf("%w: its answer names no files", editui.ErrNoChooser)
	}
	var paths []string
	for _, text := range uris {
		path, err := pathOf(text)
		if err != nil {
			return nil, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// pathOf is the file that an address names.
func pathOf(text string) (string, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "file" || u.Path == "" {
		return "", fmt.Errorf("%s is not a file on this computer; save it first, then choose the file", text)
	}
	return filepath.FromSlash(u.Path), nil
}
