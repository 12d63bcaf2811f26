//go:build unix

package headless

import (
	"os"
	"syscall"
)

// restartSignals start a server anew without anybody noticing.
var restartSignals = []os.Signal{syscall.SIGHUP, syscall.SIGUSR2}
