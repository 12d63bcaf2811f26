//go:build unix

package headless

import (
	"os"
	"os/signal"
	"syscall"

	"parley/editor/render"
)

// suspendable has Ctrl-Z hold the render back as well as this program: ffmpeg
// runs in a process group of its own, which a terminal does not reach.
func suspendable(p *render.Pause) (stop func()) {
	asked, done := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(asked, syscall.SIGTSTP)
	go func() {
		defer close(done)
		for range asked {
			p.Hold()
			if err := syscall.Kill(os.Getpid(), syscall.SIGSTOP); err != nil {
				p.Release()
				continue
			}
			p.Release() // here after fg
		}
	}()
	return func() {
		signal.Stop(asked)
		close(asked)
		<-done
	}
}
