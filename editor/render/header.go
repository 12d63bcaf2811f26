package render

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
)

// head has the first segment's header hold the parameter sets of all segments:
// the film's header is made from it. Where nothing is copied all segments have
// the same.
func (j *job) head() error {
	if j.plan.Copied() == 0 {
		return nil
	}
	first := j.plan.Pictures[j.plan.Reel[0].Picture]
	own, err := readSets(j.work.path(first.Name))
	if err != nil {
		return err
	}
	all := own
	for _, s := range j.plan.Pictures {
		more, err := readSets(j.work.path(s.Name))
		if err != nil {
			return err
		}
		all.add(more)
	}
	if all.equal(&own) {
		return nil
	}
	if !j.track.wasCopied(first) { // the cache has it too, and is to keep it as it is
		if err := unlinked(j.work.path(first.Name)); err != nil {
			return err
		}
	}
	return writeSets(j.work.path(first.Name), &all)
}

// unlinked gives a file a content of its own, which it may have shared with
// another name.
func unlinked(name string) error {
	data, err := os.Open(name)
	if err != nil {
		return err
	}
	defer data.Close() //nolint:errcheck // it was only read
	temp := name + ".own"
	own, err := os.Create(temp)
	if err != nil {
		return err
	}
	_, err = io.Copy(own, data)
	if err = errors.Join(err, own.Close()); err != nil {
		return err
	}
	return os.Rename(temp, name)
}

// writeSets puts other parameter sets into a segment's header, which is the
// last of its boxes, so that nothing else moves.
func writeSets(name string, s *sets) (err error) {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	top, size, err := outermost(f)
	if err != nil {
		return err
	}
	way, err := headerBoxes(f, top)
	if err != nil {
		return err
	}
	moov, old := way[0], way[len(way)-1]
	if moov.at+moov.size != size || moov.size > maxTable {
		return fmt.Errorf("%w: its index is not the last of its boxes", errSets)
	}
	data := make([]byte, moov.size)
	if _, err := f.ReadAt(data, moov.at); err != nil {
		return err
	}
	content := s.content()
	begin := old.at - moov.at
	data = slices.Replace(data, int(begin), int(begin+old.size), content...)
	for _, b := range way[1:] {
		grow(data[b.at-8-moov.at:], int64(len(content))-old.size)
	}
	head := binary.BigEndian.AppendUint32(nil, uint32(len(data)+8))
	if _, err := f.WriteAt(append(append(head, "moov"...), data...), moov.at-8); err != nil {
		return err
	}
	return f.Truncate(moov.at + int64(len(data)))
}

// grow changes the size that a box says it has.
func grow(box []byte, by int64) {
	binary.BigEndian.PutUint32(box, uint32(int64(binary.BigEndian.Uint32(box))+by))
}

// headerBoxes are the boxes from the outermost down to the one that holds the
// parameter sets of a file's only track.
func headerBoxes(r io.ReaderAt, top []mp4Box) ([]mp4Box, error) {
	way, in := []mp4Box(nil), top
	for _, step := range []struct {
		kind string
		skip int64 // bytes before the boxes inside
	}{{"moov", 0}, {"trak", 0}, {"mdia", 0}, {"minf", 0}, {"stbl", 0}, {"stsd", 8}, {"avc1", 78}, {"avcC", 0}} {
		i := slices.IndexFunc(in, func(b mp4Box) bool { return b.kind == step.kind })
		if i < 0 {
			return nil, fmt.Errorf("%w: there is no box %q", errSets, step.kind)
		}
		b := in[i]
		if way = append(way, b); step.kind == "avcC" {
			break
		}
		if b.size < step.skip {
			return nil, fmt.Errorf("%w: box %q is too short", errSets, step.kind)
		}
		var err error
		if in, err = boxes(r, b.at+step.skip, b.size-step.skip); err != nil {
			return nil, err
		}
	}
	return way, nil
}

// readSets reads the parameter sets of a segment.
func readSets(name string) (s sets, err error) {
	err = topBoxes(name, func(r io.ReaderAt, top []mp4Box) error {
		way, err := headerBoxes(r, top)
		if err != nil {
			return err
		}
		box := way[len(way)-1]
		if box.size > 1<<16 {
			return fmt.Errorf("%w: they are too long", errSets)
		}
		data := make([]byte, box.size)
		if _, err := r.ReadAt(data, box.at); err != nil {
			return fmt.Errorf("%w: %w", errSets, err)
		}
		s, err = parseSets(data)
		return err
	})
	return s, err
}
