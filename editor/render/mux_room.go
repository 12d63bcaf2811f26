package render

import (
	"os"
	"strconv"

	"parley/editor"
)

// What an MP4's index takes at most, in bytes. A picture has its place in time
// and order (8), its size (4), its mark as a key frame (4) and, where it is
// alone between two sounds, a place (8) and a count (12), as a sound beside it
// has; a packet of sound has a size (4).
const (
	indexPicture = 8 + 4 + 4 + 2*(8+12)
	indexPacket  = 4
	indexBeside  = 8 // a byte of the chapters' and subtitles' text
	indexBasic   = 64 << 10
	packetLength = 960 // samples, at least
)

// roomFor is how much bigger than the room for its index a film has to be.
const roomFor = 100

// room are the arguments that leave room for the index at the front of a large
// MP4, at the cost of a hundredth of its size at most. Otherwise all of the
// film is written and then moved back to make room, which is quick for a small
// one alone; a film that has to be of a size has no room to spare.
func (j *job) room() ([]string, error) {
	out := j.plan.Output
	if out.Format != "" && out.Format != editor.MP4 || out.MaxSize > 0 {
		return nil, nil
	}
	var size int64
	for _, piece := range j.plan.Reel {
		info, err := os.Stat(j.work.path(j.plan.Pictures[piece.Picture].Name))
		if err != nil {
			return nil, err
		}
		size += info.Size() * piece.Times
	}
	index := indexSize(j.plan)
	if size < roomFor*index {
		return nil, nil
	}
	return []string{"-movflags", "-faststart", "-moov_size", strconv.FormatInt(index, 10)}, nil
}

// indexSize bounds the index of an MP4 film.
func indexSize(p *editor.Plan) int64 {
	_, rate := p.Output.Sounds()
	packets := editor.Frames(p.Frames, p.Output.Rate).SamplesRound(rate)/packetLength + 1
	beside := len(p.Chapters) + len(p.Subtitles)
	return indexBasic + indexPicture*p.Frames + indexPacket*packets + indexBeside*int64(beside)
}
