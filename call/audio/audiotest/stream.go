package audiotest

import (
	"encoding/binary"
	"io"
	"os/exec"
	"sync"
)

// Rate is the sample rate of everything played and recorded here, Hz.
const Rate = 48000

// Stream is sound on its way into or out of a sink: one channel of 16 bits at
// Rate, in little-endian bytes. It ends with Close or with the test.
type Stream struct {
	io.Reader // of a recording
	io.Writer // of a playback

	program *exec.Cmd
	end     io.Closer
	close   sync.Once
}

// Play opens a way into a sink. Write blocks as the sound is played.
func (s *Server) Play(sink string) *Stream {
	s.t.Helper()
	program := s.stream("--playback", sink)
	in, err := program.StdinPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	return s.open(&Stream{Writer: in, program: program, end: in})
}

// Record opens a way out of a sink: what it plays from now on.
func (s *Server) Record(sink string) *Stream {
	s.t.Helper()
	program := s.stream("--record", sink+Monitor)
	out, err := program.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	return s.open(&Stream{Reader: out, program: program, end: out})
}

func (s *Server) stream(direction, device string) *exec.Cmd {
	return s.command("pacat", direction, "--raw", "--device="+device, "--rate=48000",
		"--channels=1", "--format=s16le", "--latency-msec=10", "--process-time-msec=5")
}

func (s *Server) open(stream *Stream) *Stream {
	s.t.Helper()
	if err := stream.program.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(stream.Close)
	return stream
}

// Close ends the stream; it is idempotent.
func (s *Stream) Close() {
	s.close.Do(func() {
		// Errors here are of a program that is being killed.
		_ = s.end.Close()
		_ = s.program.Process.Kill()
		_ = s.program.Wait()
	})
}

// ReadSamples fills pcm from a recording.
func (s *Stream) ReadSamples(pcm []int16) error {
	return binary.Read(s.Reader, binary.LittleEndian, pcm)
}

// WriteSamples plays pcm.
func (s *Stream) WriteSamples(pcm []int16) error {
	return binary.Write(s.Writer, binary.LittleEndian, pcm)
}
