package serving

import (
	"context"
	"errors"
	"time"

	"parley/call/rendezvous/front"
)

// parting is how long connections have to hear that the server ends.
const parting = 2 * time.Second

// Run serves until the context ends, or until a newer process has taken over
// and the last call that hangs on this one has ended.
func Run(ctx context.Context, o Options) (err error) {
	s, err := start(o)
	defer func() { err = errors.Join(err, s.close()) }()
	if err != nil {
		return err
	}
	if err := errors.Join(front.Ready(), front.NotifyReady()); err != nil {
		return err
	}
	for {
		select {
		case <-ctx.Done():
			return s.leave(context.Background(), parting)
		case err := <-s.failed:
			return err
		case <-o.Restart:
			if s.handOver(ctx) {
				return s.leave(ctx, o.Drain)
			}
		}
	}
}

// handOver starts the next process; where it fails this one goes on.
func (s *server) handOver(ctx context.Context) bool {
	s.log.Info("starting anew")
	pid, err := s.sockets.Handover(ctx, front.Next{Program: s.options.Program[0], Arguments: s.options.Program[1:]})
	if err != nil {
		s.log.Error("no restart", "err", err)
		return false
	}
	s.log.Info("the new process serves; this one waits for its calls to end", "new", pid)
	if err := front.NotifyMain(pid); err != nil {
		s.log.Warn("the service manager was not told", "err", err)
	}
	return true
}

// leave tells everybody to come back, and waits for what goes on meanwhile.
func (s *server) leave(ctx context.Context, patience time.Duration) error {
	err := s.closeWebs()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case <-s.rendezvous.GoAway():
		s.relaying.idle(ctx)
	case <-ctx.Done():
	}
	return err
}
