package ffmpeg

import (
	"context"
	"io"
	"os"
	"sync"
	"time"
)

// streamGrace is how long a stream's process may take to end: nothing that it
// writes is kept.
const streamGrace = 200 * time.Millisecond

// rawStream is what a running ffmpeg writes. One goroutine runs the process
// and ends with it.
type rawStream struct {
	cancel context.CancelFunc
	opened chan struct{} // closed once out is there, or the process has ended
	out    io.Reader
	unread chan struct{} // closed once nobody reads any more
	done   chan struct{}
	err    error // how the process ended; valid once done is closed

	ended error // what Read returns from now on

	stopReading sync.Once
	mu          sync.Mutex
	closed      bool
}

// Stream starts ffmpeg and returns what it writes to its standard output
// (pipe:1), which waits for the reader, for as long as it runs. At the end
// Read returns io.EOF where all went well, and else what went wrong, an
// *Error. Close ends the process and a Read in progress, waits until it is
// gone, and may be repeated; so does the end of ctx, whose cause Read returns.
// Command.Progress and Frames are not used.
func (t *Tools) Stream(ctx context.Context, c Command) (io.ReadCloser, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	args := append([]string{"-nostdin", "-hide_banner", "-loglevel", "error"}, c.Args...)
	ctx, cancel := context.WithCancel(ctx)
	s := &rawStream{cancel: cancel, opened: make(chan struct{}), unread: make(chan struct{}), done: make(chan struct{})}
	go func() {
		defer close(s.done)
		s.err = start(ctx, process{op: c.op(), program: t.FFmpeg, args: args, dir: c.Dir, nice: c.Nice, grace: streamGrace, read: s.hand})
	}()
	select {
	case <-s.opened:
		return s, nil
	case <-s.done:
		cancel()
		return nil, s.err
	}
}

// hand lets the reader have the output, until it has had enough. A process
// that still writes then finds its pipe closed, and does not wait.
func (s *rawStream) hand(r io.Reader) error {
	s.out = r
	close(s.opened)
	<-s.unread
	if pipe, ok := r.(io.Closer); ok && s.isClosed() {
		return pipe.Close()
	}
	return nil
}

// Read satisfies io.Reader, for one goroutine at a time.
func (s *rawStream) Read(p []byte) (int, error) {
	if s.ended != nil {
		return 0, s.ended
	}
	n, err := s.out.Read(p)
	if err == nil || n > 0 {
		return n, nil // the error comes again
	}
	s.ended = s.end(err)
	return 0, s.ended
}

// end waits for the process and says how it ended, after reading failed.
func (s *rawStream) end(err error) error {
	s.stopReading.Do(func() { close(s.unread) })
	<-s.done
	switch {
	case s.isClosed():
		return os.ErrClosed
	case s.err != nil:
		return s.err
	}
	return err
}

func (s *rawStream) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

// Close satisfies io.Closer. That the process was stopped is no error.
func (s *rawStream) Close() error {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.cancel()
	s.stopReading.Do(func() { close(s.unread) })
	<-s.done
	return nil
}
