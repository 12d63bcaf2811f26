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

// explain says what a file is that has neither picture nor sound. err is what
// ffprobe said, nil where it found other streams.
func explain(src source, err error) error {
	failed, ok := errors.AsType[*Error](err)
	if err != nil && (!ok || !errors.Is(err, ErrInvalid)) {
		return err
	}
	head, readErr := readHead(src.name)
	switch {
	case readErr != nil:
		return readErr
	case looksLikeText(head):
		return refuse(src.name, "this is text", "choose a video, sound or picture")
	case failed == nil:
		return refuse(src.name, "the file holds neither picture nor sound", "choose a video, sound or picture")
	case !isMP4(head): // ffprobe goes by the name of a file that it does not recognise
		failed.Sentence, failed.Hint = "the file is damaged or of a kind that ffmpeg does not know", "try another copy of it"
	}
	return failed
}

// isMP4 says whether a file begins with one of the boxes that ISO/IEC
// 14496-12 files begin with.
func isMP4(head []byte) bool {
	if len(head) < 8 {
		return false
	}
	switch string(head[4:8]) {
	case "ftyp", "moov", "mdat", "free", "skip", "wide", "pnot":
		return true
	}
	return false
}
