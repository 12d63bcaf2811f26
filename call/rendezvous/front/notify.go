package front

import (
	"fmt"
	"net"
	"os"
)

// NotifyMain tells systemd, where that started the server, which process is
// the service's own from now on (sd_notify(3); the unit says
// NotifyAccess=all).
func NotifyMain(pid int) error { return notify(fmt.Sprintf("MAINPID=%d\nREADY=1", pid)) }

// NotifyReady tells systemd that the server serves.
func NotifyReady() error { return notify("READY=1") }

func notify(state string) error {
	address := os.Getenv("NOTIFY_SOCKET")
	if address == "" {
		return nil
	}
	conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: address, Net: "unixgram"})
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = conn.Write([]byte(state))
	return err
}
