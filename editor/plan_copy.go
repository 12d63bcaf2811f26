package editor

import (
	"cmp"
	"fmt"
	"slices"
)

// snap is how far a clip's picture is moved so that its grid is that of its
// source. It changes nothing of what is seen: the picture nearest to a frame's
// moment is shown either way. But where moments lie halfway between pictures,
// what is encoded and what is copied then agree on which is the nearest.
func (p placed) snap(out Output) Time {
	if !p.plain(out) {
		return Time{}
	}
	at := p.source.Media.Origin().Add(p.clip.In)
	if near, ok := p.source.Packets.Nearest(at, out.Rate); ok {
		return near.Sub(at)
	}
	return Time{}
}

// plain says whether the clip's picture, titles aside, is its source's as it
// is, so that it may be copied.
func (p placed) plain(out Output) bool {
	if !out.Copies() || !p.clip.untouched() || p.source.Packets == nil {
		return false
	}
	v, ok := p.source.Picture()
	return ok && v.Copyable(out)
}

// untouched says whether a clip shows its file's picture as it is, where that
// has the size of the film; titles may stand on it.
func (c Clip) untouched() bool {
	f := c.Framing
	f.Fit = ""
	return c.Kind == MovingClip && f.plain() && c.speed().Num == c.speed().Den
}

// parts are what of the scene is encoded and what is copied.
func (s *scene) parts() []part {
	if !s.plain(s.Output) {
		return nil
	}
	g := grid{s.source.Media.Origin().Add(s.instant(0)).Add(s.shift), s.Output.Rate}
	least := Frames(1, Ratio{1, 1}).FrameRound(s.Output.Rate) // one second
	var all []part
	var from int64
	for _, busy := range append(s.lettered(), [2]int64{s.frames, s.frames}) {
		if busy[0] > from {
			all = append(all, s.source.Packets.split(g, from, busy[0], least)...)
			from = busy[0]
		}
		if busy[1] > from {
			all = append(all, part{from: from, to: busy[1]})
			from = busy[1]
		}
	}
	return joinEncoded(all)
}

// lettered are the frames of the scene over which something is written, in
// order; a frame more on both sides, for rounding.
func (s *scene) lettered() [][2]int64 {
	var busy [][2]int64
	add := func(from, to Time) {
		first, last := from.FrameFloor(s.Output.Rate)-1, to.FrameFloor(s.Output.Rate)+2
		busy = append(busy, [2]int64{max(first, 0), min(last, s.frames)})
	}
	l := s.letters()
	for _, t := range l.titles {
		add(t.From, t.To)
	}
	for _, c := range l.cues {
		add(c.From, c.To)
	}
	slices.SortFunc(busy, func(a, b [2]int64) int { return cmp.Compare(a[0], b[0]) })
	return busy
}

// joinEncoded makes one part of neighbours that are encoded.
func joinEncoded(parts []part) []part {
	var all []part
	for _, p := range parts {
		if n := len(all); n > 0 && !p.copied() && !all[n-1].copied() {
			all[n-1].to = p.to
			continue
		}
		all = append(all, p)
	}
	return all
}

func anyCopied(parts []part) bool { return slices.ContainsFunc(parts, part.copied) }

// copies plans a span of which parts are copied.
func (p *planner) copies(s span, parts []part) error {
	for _, part := range parts {
		sub := span{s.first + part.from, s.first + part.to, s.clips}
		if !part.copied() {
			if err := p.chunks(sub); err != nil {
				return err
			}
			continue
		}
		step, err := p.copy(sub, part)
		if err != nil {
			return err
		}
		p.plan.Depth = max(p.plan.Depth, int64(part.depth))
		p.show(step, 1)
	}
	return nil
}

// copy plans the run that copies a part. The file is entered some time before
// its first packet; what comes before that is dropped.
func (p *planner) copy(s span, part part) (Step, error) {
	instead, err := p.step(s)
	if err != nil {
		return Step{}, err
	}
	scene := p.scene(s.clips[0], s.first, s.last)
	m, n := scene.source.Media, s.last-s.first
	v, _ := m.Video()
	first := scene.source.Packets.Time(part.packets[0])
	args := append([]string{"-copyts"}, newWindow(m, first).args()...)
	args = append(append(args, p.open(m)...), "-map", "0:"+itoa(int64(v.Index)), "-c", "copy",
		"-bsf:v", p.beginWith(part.packets[0], first), "-frames:v", itoa(n), "-output_ts_offset", Time{}.Sub(first).String(),
		"-map_metadata", "-1", "-map_chapters", "-1", "-video_track_timescale", itoa(p.Output.timescale()), "-f", "mp4")
	return Step{Args: args, Inputs: []string{m.Path}, Frames: n, Clip: scene.name(), Packets: part.packets, Instead: &instead}, nil
}

// beginWith is a bit stream filter that drops all packets before one. It is
// known by its size and its time. ffmpeg 5 gives the time in ticks of the
// segment but their length as in the file, later ones both as in the file.
func (p *planner) beginWith(first Packet, at Time) string {
	near := Frames(1, Ratio{8 * p.Output.Rate.Num, p.Output.Rate.Den})
	is := func(tick string) string {
		return fmt.Sprintf("lt(abs(pts*%s-%d/%d),%s)", tick, at.Num(), at.Den(), near)
	}
	return fmt.Sprintf("noise=drop='1-st(0,max(ld(0),key*eq(size,%d)*max(%s,%s)))'",
		first.Size, is("tb"), is("1/"+itoa(p.Output.timescale())))
}
