package ffmpeg

import (
	"context"
	"errors"
	"regexp"
	"slices"

	"parley/editor"
)

// HardwareTrial is what the trial of an encoder in hardware said.
type HardwareTrial struct {
	editor.Hardware
	Err error // nil where it works
}

// encoderLine is a line of the answer to -encoders: " V....D libx264   …".
var encoderLine = regexp.MustCompile(`(?m)^ [VAS][F.][S.][X.][B.][D.] (\S+)`)

// Hardware are the encoders in hardware that work here: each that this ffmpeg
// lists has encoded 0.2 s in the way that a film is made. Trials are made once
// for an ffmpeg and its devices.
func (t *Tools) Hardware(ctx context.Context) ([]editor.Hardware, error) {
	all, err := t.HardwareTrials(ctx)
	if err != nil {
		return nil, err
	}
	var work []editor.Hardware
	for _, h := range all {
		if h.Err == nil {
			work = append(work, h.Hardware)
		}
	}
	return work, nil
}

// HardwareTrials are the encoders in hardware that this ffmpeg lists, with
// what their trials said.
func (t *Tools) HardwareTrials(ctx context.Context) ([]HardwareTrial, error) {
	answer, err := t.Output(ctx, Command{Op: "list encoders", Args: []string{"-encoders"}}, maxAnswer)
	if err != nil {
		return nil, err
	}
	listed := listedEncoders(string(answer))
	t.trying.Lock()
	defer t.trying.Unlock()
	kept := t.remembered()
	var all []HardwareTrial
	for _, h := range editor.Hardwares() {
		if !slices.Contains(listed, h.Name) {
			continue
		}
		said, known := kept.Said[h.Name]
		if !known {
			if said, err = t.tryHardware(ctx, h); err != nil {
				return nil, err
			}
			kept.Said[h.Name] = said
			t.remember(kept)
		}
		all = append(all, HardwareTrial{h, notWorking(h.Name, said)})
	}
	return all, nil
}

// tryHardware lets an encoder work, and returns why it does not; an error is
// the end of the context alone.
func (t *Tools) tryHardware(ctx context.Context, h editor.Hardware) (said string, err error) {
	err = t.Run(ctx, Command{Op: "try encoder " + h.Name, Args: h.Trial()})
	if ctx.Err() != nil {
		return "", err
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return nonempty(lastLine(e.Tail), e.Sentence), nil
	}
	if err != nil {
		return err.Error(), nil
	}
	return "", nil
}

func nonempty(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// notWorking is a failed trial as an error.
func notWorking(name, said string) error {
	if said == "" {
		return nil
	}
	return &Error{Op: "try encoder " + name, Sentence: name + " is listed but does not work here", Hint: "films are encoded without it", Tail: said, ExitCode: -1, Cause: ErrEncoder}
}
