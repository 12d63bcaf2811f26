package ffmpeg

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"parley/editor"
)

// The streams of a listing: one stream of the file, thrice.
const (
	each = iota // every packet
	idr         // what is left of each when only IDR pictures are kept
	sets        // what is left when only parameter sets are kept
	listed
)

// listing is what ffmpeg's framecrc tells of packets.
type listing struct {
	base   editor.Ratio // seconds a tick
	rows   [listed][]listedPacket
	header string // checksum of the parameter sets in the header
	other  bool   // some packet holds other parameter sets than the header
}

type listedPacket struct {
	at, decoded int64 // ticks
	size        int32
	flags       uint8
}

// Flags of a packet, as libavcodec numbers them (AV_PKT_FLAG_).
const (
	packetKey     = 1
	packetDiscard = 4
)

// maxTicks bounds a packet's time, so that it can be reckoned with.
const maxTicks = 1 << 48

// read takes rows such as "0, dts, pts, duration, size, sum, F=0x0" and the
// comments "#tb 0: 1/15360" and "#extradata 2: 38, 0x9ea208d5" before them.
func (l *listing) read(r io.Reader) error {
	rows := bufio.NewScanner(r)
	for rows.Scan() {
		if row := rows.Text(); strings.HasPrefix(row, "#") {
			l.comment(row)
		} else if err := l.packet(strings.Split(row, ",")); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (l *listing) comment(row string) {
	if base, ok := strings.CutPrefix(row, "#tb 0: "); ok {
		l.base = ratio(base)
	}
	if header, ok := strings.CutPrefix(row, "#extradata "+strconv.Itoa(sets)+":"); ok {
		_, sum, _ := strings.Cut(header, ",")
		l.header = strings.TrimSpace(sum)
	}
}

func (l *listing) packet(row []string) error {
	if len(row) < 6 {
		return nil
	}
	for i := range row {
		row[i] = strings.TrimSpace(row[i])
	}
	stream, err := strconv.Atoi(row[0])
	if err != nil || stream < 0 || stream >= listed {
		return nil
	}
	at, err1 := strconv.ParseInt(row[2], 10, 64)
	decoded, err2 := strconv.ParseInt(row[1], 10, 64)
	size := integer(row[4])
	if err1 != nil || err2 != nil || at < -maxTicks || at > maxTicks || size <= 0 || size > math.MaxInt32 {
		return fmt.Errorf("%w: packet %d has no time or no size", editor.ErrIndex, len(l.rows[stream]))
	}
	if len(l.rows[stream]) > editor.MaxPackets {
		return fmt.Errorf("%w: there are too many", editor.ErrIndex)
	}
	l.rows[stream] = append(l.rows[stream], listedPacket{at, decoded, int32(size), packetFlags(row[6:])})
	l.other = l.other || stream == sets && row[5] != l.header
	return nil
}

// packetFlags is what a row says after its checksum; a key frame that is
// nothing else goes without saying.
func packetFlags(rest []string) uint8 {
	for _, field := range rest {
		if text, ok := strings.CutPrefix(field, "F=0x"); ok {
			flags, err := strconv.ParseUint(text, 16, 16)
			if err != nil {
				return 0
			}
			return uint8(flags & 0xff)
		}
	}
	return packetKey
}

// oneSet says whether the header's parameter sets are all that there are.
func (l *listing) oneSet() bool { return !l.other }

// keyFrame is a packet that calls itself a key frame.
type keyFrame struct {
	size  int32
	entry bool // it is an IDR picture
}

// keyFrames are those of the list in its order, among whatever else it holds:
// not every container skips the others.
func (l *listing) keyFrames() []keyFrame {
	type moment struct{ at, decoded int64 }
	found := make(map[moment]bool, len(l.rows[idr]))
	for _, r := range l.rows[idr] {
		found[moment{r.at, r.decoded}] = true
	}
	var keys []keyFrame
	for _, r := range l.rows[each] {
		if r.flags&packetKey != 0 {
			keys = append(keys, keyFrame{r.size, found[moment{r.at, r.decoded}]})
		}
	}
	return keys
}
