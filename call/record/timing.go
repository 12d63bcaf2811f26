package record

import (
	"encoding/json"
	"io"
	"time"
)

// A timing file has one JSON object a line, "t" saying which. Times are
// nanoseconds from the recording's start.
type (
	// noteOrigin opens a time line: the elapsed time that an RTP time stamp
	// stands for. Another one follows where the other side's clock jumped.
	noteOrigin struct {
		T       string        `json:"t"` // "origin"
		RTP     uint32        `json:"rtp"`
		Elapsed time.Duration `json:"elapsed_ns"`
	}
	// noteStart is the origin of a track of mine, which has no RTP clock.
	noteStart struct {
		T       string        `json:"t"` // "origin"
		Elapsed time.Duration `json:"elapsed_ns"`
	}
	// noteReport is an RTCP sender report (RFC 3550 section 6.4.1) by arrival.
	noteReport struct {
		T       string        `json:"t"` // "sr"
		NTP     uint64        `json:"ntp"`
		RTP     uint32        `json:"rtp"`
		Elapsed time.Duration `json:"elapsed_ns"`
	}
	// noteSize says that pictures have another size from here on.
	noteSize struct {
		T       string        `json:"t"` // "size"
		Width   int           `json:"width"`
		Height  int           `json:"height"`
		Elapsed time.Duration `json:"elapsed_ns"`
	}
	// noteLoss counts packets that never came.
	noteLoss struct {
		T       string        `json:"t"` // "loss"
		Packets int           `json:"packets"`
		Elapsed time.Duration `json:"elapsed_ns"`
	}
	// noteDropped counts pictures, packets or blocks left out on this machine
	// because it was late ("busy") or its encoder chose to ("rate").
	noteDropped struct {
		T       string        `json:"t"` // "dropped"
		Count   int           `json:"count"`
		Why     string        `json:"why"`
		Elapsed time.Duration `json:"elapsed_ns"`
	}
	// noteGap is sound that the device never gave; Filled says that silence
	// stands for it in the file, else the time stamps jump.
	noteGap struct {
		T       string        `json:"t"` // "gap"
		Length  time.Duration `json:"length_ns"`
		Filled  bool          `json:"filled"`
		Elapsed time.Duration `json:"elapsed_ns"`
	}
	// noteMarker is a place that a user marked.
	noteMarker struct {
		T       string        `json:"t"` // "marker"
		Label   string        `json:"label"`
		Elapsed time.Duration `json:"elapsed_ns"`
	}
)

// maxNotes bounds the notes that wait for their track to begin, in bytes.
const maxNotes = 64 << 10

// timing gathers notes and writes them whole. Notes may come before there is a
// file to write them to.
type timing struct {
	f       file
	pending []byte
}

func (t *timing) note(line any) error {
	if len(t.pending) > maxNotes {
		return nil // the disk is gone or the track never begins
	}
	data, err := json.Marshal(line)
	if err != nil {
		return err
	}
	t.pending = append(append(t.pending, data...), '\n')
	return nil
}

func (t *timing) flush() error {
	if t.f == nil || len(t.pending) == 0 {
		return nil
	}
	n, err := t.f.Write(t.pending)
	if err == nil && n < len(t.pending) {
		err = io.ErrShortWrite
	}
	t.pending = t.pending[:0]
	return err
}
