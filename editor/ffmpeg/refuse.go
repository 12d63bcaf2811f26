package ffmpeg

import (
	"errors"
	"io/fs"
	"strconv"
)

// refuse is the answer to a file that holds no media.
func refuse(path, sentence, hint string) *Error {
	return &Error{Op: "probe " + path, Sentence: sentence, Hint: hint, ExitCode: -1, Cause: ErrNoMedia}
}

// fileError explains why the system does not open a file.
func fileError(path string, err error) error {
	e := &Error{Op: "probe " + path, Tail: err.Error(), ExitCode: -1, Cause: ErrStorage,
		Sentence: "the file cannot be read", Hint: "check the disk, then try again"}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Cause, e.Sentence, e.Hint = ErrNoFile, "there is no file "+strconv.Quote(path), "check that it was not moved or renamed"
	case errors.Is(err, fs.ErrPermission):
		e.Cause, e.Sentence, e.Hint = ErrDenied, "the file may not be opened", "check the permissions of the file and its folders"
	}
	return e
}
