//go:build !unix

package front

import (
	"errors"
	"os"
	"syscall"
)

func duplicate(syscall.RawConn, string) (*os.File, error) {
	return nil, errors.New("sockets cannot be handed over on this system; end the server and start it")
}
