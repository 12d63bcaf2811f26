package ffmpeg

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"parley/editor"
)

// Index lists the packets of a file's H.264 stream. An error that is
// editor.ErrIndex means that nothing of it can be copied; it can be encoded as
// ever. What was listed is remembered for as long as the file stays the same.
//
// Two runs go side by side: one lists every packet, the other reads key frames
// alone and looks into them. Of a key frame only the part of an IDR picture
// (NAL unit type 5, Rec. ITU-T H.264 table 7-1) is kept: what carries a
// recovery point and no IDR leans on what was before it.
func (t *Tools) Index(ctx context.Context, m *editor.Media, v *editor.Stream) (*editor.Index, error) {
	key, err := identify(m.Path, v.Index)
	if err != nil {
		return nil, err
	}
	if x, ok := t.indexes.get(key); ok {
		return x, nil
	}
	x, err := t.index(ctx, m, v)
	if err != nil {
		return nil, err
	}
	t.indexes.put(key, x)
	return x, nil
}

func (t *Tools) index(ctx context.Context, m *editor.Media, v *editor.Stream) (*editor.Index, error) {
	var all, keys listing
	var errs [2]error
	var both sync.WaitGroup
	input := append(InputOptions(m), "-i", InputArg(m.Path), "-c", "copy", "-f", "framecrc")
	which := "0:" + strconv.Itoa(v.Index)
	both.Go(func() {
		errs[0] = t.list(ctx, &all, append(append([]string{"-copyts"}, input...), "-map", which, "pipe:1"))
	})
	both.Go(func() {
		args := append([]string{"-copyts", "-discard:v", "nokey"}, input...)
		errs[1] = t.list(ctx, &keys, append(args, "-map", which, "-map", which, "-map", which,
			"-bsf:v:1", "filter_units=pass_types=5", "-bsf:v:2", "filter_units=pass_types=7|8", "pipe:1"))
	})
	both.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	return combine(&all, &keys)
}

func (t *Tools) list(ctx context.Context, into *listing, args []string) (err error) {
	out, err := t.Stream(ctx, Command{Op: "reading the key frames", Args: args})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	return into.read(out)
}

// combine marks the packets that are entries. The key frames of both lists are
// matched by their order: where ffmpeg skips packets of an MP4, it is wrong
// about when the others are shown.
func combine(all, keys *listing) (*editor.Index, error) {
	if !all.base.Known() {
		return nil, fmt.Errorf("%w: there are none", editor.ErrIndex)
	}
	if !keys.oneSet() {
		return nil, fmt.Errorf("%w: the stream changes its parameter sets", editor.ErrIndex)
	}
	known := keys.keyFrames()
	packets := make([]editor.Packet, len(all.rows[each]))
	n := 0
	for i, r := range all.rows[each] {
		packets[i] = editor.Packet{At: r.at, Size: r.size, Hidden: r.flags&packetDiscard != 0}
		if r.flags&packetKey == 0 {
			continue
		}
		if n >= len(known) || known[n].size != r.size {
			return nil, fmt.Errorf("%w: its key frames are not the same when they are read alone", editor.ErrIndex)
		}
		packets[i].Entry = known[n].entry
		n++
	}
	return editor.NewIndex(editor.Rational(all.base.Num, all.base.Den), packets)
}
