package ffmpeg

import (
	"bufio"
	"context"
	"io"
	"strconv"
	"strings"
	"time"

	"parley/editor"
)

// sizeBudget bounds the search for a change of size.
const sizeBudget = 2 * time.Second

// changesSize says whether the picture changes its size in mid-stream, as a
// call's does when the network narrows. Key frames alone are decoded, without
// the costly steps, and no longer than sizeBudget: what is not found by then
// counts as absent, for a render guards against a change anyhow.
func (t *Tools) changesSize(ctx context.Context, src source, m *editor.Media, s *editor.Stream) (bool, error) {
	if !mayChangeSize(m, s) {
		return false, nil
	}
	hurry, cancel := context.WithTimeout(ctx, sizeBudget)
	defer cancel()
	found := false
	options := []string{"-select_streams", strconv.Itoa(s.Index), "-skip_frame", "nokey",
		"-skip_loop_filter", "all", "-show_entries", "frame=width,height", "-of", "csv=p=0"}
	err := t.ffprobe(hurry, src, options, func(r io.Reader) error {
		if found = unlikeRows(r); found {
			cancel()
		}
		return nil
	})
	if ctx.Err() != nil {
		return false, err
	}
	return found, nil // any other failure is a damaged end of the file
}

// unlikeRows says whether the sizes ("320,240", with what else ffprobe adds
// after a further comma) differ, and stops reading there.
func unlikeRows(r io.Reader) bool {
	rows := bufio.NewScanner(r)
	first := ""
	for rows.Scan() {
		parts := strings.SplitN(rows.Text(), ",", 3)
		if len(parts) < 2 || integer(parts[0]) <= 0 || integer(parts[1]) <= 0 {
			continue
		}
		size := parts[0] + "x" + parts[1]
		if first != "" && size != first {
			return true
		}
		first = size
	}
	return false
}

// mayChangeSize leaves out what holds one size by its construction: a stream
// whose one header stands at the beginning of the file.
func mayChangeSize(m *editor.Media, s *editor.Stream) bool {
	switch s.Codec {
	case "vp8", "vp9", "av1":
		return true
	case "h264", "hevc", "mpeg2video", "flv1":
		return !strings.HasPrefix(m.Format, "mov,")
	}
	return false
}
