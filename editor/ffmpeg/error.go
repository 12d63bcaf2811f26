package ffmpeg

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// What can go wrong. Each is wrapped by an *Error that says it in a sentence.
var (
	ErrDiskFull  = errors.New("disk full")
	ErrNoFile    = errors.New("no such file")
	ErrDenied    = errors.New("permission denied")
	ErrInvalid   = errors.New("damaged or unknown media")
	ErrEncoder   = errors.New("encoder not usable")
	ErrOption    = errors.New("option not known to this ffmpeg")
	ErrMemory    = errors.New("out of memory")
	ErrStorage   = errors.New("storage failed")
	ErrNoMedia   = errors.New("no media")
	ErrReference = errors.New("names other files")
	ErrFailed    = errors.New("ffmpeg failed")
)

// Error is a failure of ffmpeg or ffprobe, or of a file given to them.
type Error struct {
	Op       string // what was being done: "render", "probe /a/b.mp4"
	Sentence string // what happened, for a person
	Hint     string // the next step, for a person
	Tail     string // the end of what the program said, bounded
	ExitCode int    // of the program; -1 when a signal ended it or it never ran
	Cause    error  // one of the Err values of this package
}

// Error is the sentence and the next step, without the program's own words.
func (e *Error) Error() string {
	text := e.Op + ": " + e.Sentence
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Cause }

// complaint is a failure that ffmpeg tells by a fixed text.
type complaint struct {
	text     string
	cause    error
	sentence string
	hint     string
}

// complaints are looked for in this order: a full disk also provokes "Invalid
// data" and "Conversion failed" further down.
var complaints = []complaint{
	{"No space left on device", ErrDiskFull, "the disk is full", "free some space or choose another folder, then try again"},
	{"Disk quota exceeded", ErrDiskFull, "your disk quota is used up", "free some space or choose another folder, then try again"},
	{"File too large", ErrDiskFull, "the file grew larger than this disk or account allows", "choose another folder, then try again"},
	{"Unknown encoder", ErrEncoder, "this ffmpeg lacks the encoder", "install a full build with: sudo apt-get install ffmpeg"},
	{"Error while opening encoder", ErrEncoder, "the encoder refused to start", "choose another encoder or picture size"},
	{"Unrecognized option", ErrOption, "this ffmpeg does not know an option that Parley uses", "update it with: sudo apt-get install ffmpeg"},
	{"No such filter", ErrOption, "this ffmpeg lacks a filter that Parley uses", "install a full build with: sudo apt-get install ffmpeg"},
	{"not on whitelist", ErrReference, "the file points at other files or addresses, which Parley does not follow", "use the files that it names instead"},
	{"Permission denied", ErrDenied, "a file may not be opened", "check the permissions of the file and its folder"},
	{"Operation not permitted", ErrDenied, "a file may not be opened", "check the permissions of the file and its folder"},
	{"Read-only file system", ErrDenied, "the folder is on a read-only disk", "choose another folder"},
	{"Is a directory", ErrNoMedia, "this is a folder", "choose a file inside it"},
	{"No such file or directory", ErrNoFile, "a file is not there any more", "check that it was not moved or renamed"},
	{"Cannot allocate memory", ErrMemory, "the memory is used up", "close other programs or choose a smaller picture"},
	{"Input/output error", ErrStorage, "the disk failed to read or write", "check the disk and its cable, then try again"},
	{"moov atom not found", ErrInvalid, "the recording was cut off before its index was written", "use another copy of it"},
	{"Invalid data found when processing input", ErrInvalid, "the file is damaged or of a kind that ffmpeg does not know", "try another copy of it"},
}

// newError explains how a program ended. err is what waiting for it gave.
func newError(op, said string, err error) *Error {
	e := &Error{Op: op, Tail: said, ExitCode: -1, Cause: ErrFailed}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		e.ExitCode = exit.ExitCode()
	} else if err == nil {
		e.ExitCode = 0
	}
	for _, c := range complaints {
		if strings.Contains(said, c.text) {
			e.Cause, e.Sentence, e.Hint = c.cause, c.sentence+detail(c, said), c.hint
			return e
		}
	}
	switch {
	case e.ExitCode < 0:
		e.Sentence, e.Hint = fmt.Sprintf("ffmpeg was ended from outside (%v)", err), "try again; when it happens twice, the memory may be too small"
	default:
		e.Sentence, e.Hint = fmt.Sprintf("ffmpeg stopped with status %d%s", e.ExitCode, quoted(lastLine(said))), "try again, or leave out the clip that it names"
	}
	return e
}

// writeFailed says whether the end of a file was lost although ffmpeg exits
// with 0: 5.1 does so when the disk fills up while it closes the file.
func writeFailed(said string) bool {
	return strings.Contains(said, "Error writing trailer") || strings.Contains(said, "Error closing file")
}

// detail is the part of the complaint that says which one it was.
func detail(c complaint, said string) string {
	if c.cause != ErrEncoder && c.cause != ErrOption {
		return ""
	}
	_, rest, _ := strings.Cut(said, c.text)
	parts := strings.SplitN(firstLine(rest), "'", 3)
	if len(parts) < 3 {
		return ""
	}
	return " " + parts[1]
}

func quoted(text string) string {
	if text == "" {
		return ""
	}
	return ": " + text
}

func lastLine(text string) string {
	text = strings.TrimSpace(text)
	return strings.TrimSpace(text[strings.LastIndexByte(text, '\n')+1:])
}
