package editor

// moving plans a file's pictures. A file without a picture is black.
func (s *scene) moving(g *graph) string {
	v, ok := s.source.Picture()
	if !ok {
		return s.black(g, s.whole())
	}
	f := frame{s, v, s.whole(), s.clip.Framing}
	return f.move(g, s.stream(g, s.source.Media, v, s.source.Media.Origin(), f, s.frames))
}

// standing plans one picture that stands: a still, or the frame at a moment of
// a file.
func (s *scene) standing(g *graph) string {
	v, ok := s.source.Picture()
	if !ok {
		return s.black(g, s.whole())
	}
	f := frame{s, v, s.whole(), s.clip.Framing}
	if s.clip.Kind == StillClip {
		in := g.input(s.source.Media, v.Index, append([]string{"-reinit_filter", "0"}, s.open(s.source.Media)...))
		return f.move(g, s.hold(g, f.place(g, in, []string{"trim=end_frame=1", "setpts=0"}, s.scalingStill())))
	}
	one := *s
	one.frames = 1
	return f.move(g, s.hold(g, one.stream(g, s.source.Media, v, s.source.Media.Origin(), f, 1)))
}

// Scaling algorithms: a still is scaled once and may take its time.
const (
	stillFlags  = "lanczos+accurate_rnd+full_chroma_inp"
	movingFlags = "bicubic"
	draftFlags  = "fast_bilinear"
	draftStill  = "area" // as fast, and nothing of a large still is missed
)

// scalingStill is how a still is scaled.
func (a *Assembly) scalingStill() string {
	if a.Draft {
		return draftStill
	}
	return stillFlags
}

// scaling is how a moving picture is scaled.
func (a *Assembly) scaling() string {
	if a.Draft {
		return draftFlags
	}
	return movingFlags
}

// hold repeats the one picture that comes in.
func (s *scene) hold(g *graph, in string) string {
	return g.chain(in, "loop=loop=-1:size=1:start=0", s.ticks(), "setpts=N", "fps=fps="+s.Output.Rate.arg(), "trim=end_frame="+itoa(s.frames))
}

// ticks has the film's frames be the unit of time.
func (a *Assembly) ticks() string {
	return "settb=expr=" + itoa(a.Output.Rate.Den) + "/" + itoa(a.Output.Rate.Num)
}

// stream plans n frames of one stream, put into a box as the frame says.
// origin is the time stamp in the file that the clip's times count from. A
// stream that has nothing to show while the clip stands leaves its box black;
// one that ends before the clip does stays at its last picture.
func (s *scene) stream(g *graph, m *Media, v *Stream, origin Time, f frame, n int64) string {
	in, out := s.entered()
	if v == nil || !v.present(origin.Add(in), origin.Add(out)) {
		return s.black(g, f.box)
	}
	at := origin.Add(s.instant(0)).Add(s.shift)
	if v.ended(at) {
		return s.ending(g, m, v, f, n)
	}
	w := s.window(m, at)
	late := s.late(v, origin, at)
	if late >= n {
		return s.black(g, f.box)
	}
	options := append([]string{"-reinit_filter", "0"}, w.args()...)
	input := g.input(m, v.Index, append(options, s.open(m)...))
	picture := f.place(g, input, s.timing(v, w, late), s.scaling())
	rest := append(s.lead(late), "tpad=stop=-1:stop_mode=clone", "trim=end_frame="+itoa(n))
	return g.chain(picture, rest...)
}

// entered is the part of a source that the whole clip shows, counted as In is.
func (s *scene) entered() (in, out Time) {
	if s.clip.Stands() {
		return s.clip.In, s.clip.In.Add(Frames(1, s.Output.Rate))
	}
	return s.clip.bounds()
}

// timing brings the frames to the film's rate, with the one that stands at the
// scene's first moment as the first; the last picture stands to the very end of
// its time, were that less than half a frame. It comes before the scaling, so that what
// is not shown is not scaled; fps and setpts do not mind a picture that
// changes size.
func (s *scene) timing(v *Stream, w window, late int64) []string {
	chain := []string{
		s.fine(v) + "setpts=" + w.setpts(s.clip.speed()),
		"fps=fps=" + s.Output.Rate.arg() + ":start_time=" + Frames(late, s.Output.Rate).String() + ":eof_action=pass",
	}
	if v.Interlaced {
		chain = append(chain, deinterlace)
	}
	return chain
}

// deinterlace makes one picture of the two halves of each.
const deinterlace = "bwdif=mode=send_frame:deint=interlaced"

// fine has a picture whose clock ticks once a frame, as an AVI's does, counted
// on one that has a tick for each of its frames and of the film's: else a clip
// that begins between two frames would be moved to one of them.
func (s *scene) fine(v *Stream) string {
	if v.TimeBase.Cmp(Rational(1, 1000)) <= 0 {
		return ""
	}
	den := v.TimeBase.Den()
	return "settb=expr=1/" + itoa(den/gcd(den, s.Output.Rate.Num)*s.Output.Rate.Num) + ","
}

// late is the number of frames by which a stream begins after the scene does.
// A stream that begins less than nearStart after its origin is taken to begin
// there, and its first frame fills the gap: a call does not open with a flash
// of black.
func (s *scene) late(v *Stream, origin, at Time) int64 {
	if v.Start.Sub(origin).Cmp(nearStart) <= 0 {
		return 0
	}
	return max(0, v.Start.Sub(at).Div(s.clip.speed()).FrameRound(s.Output.Rate))
}

// lead is n frames of black before a stream that begins late.
func (s *scene) lead(n int64) []string {
	if n == 0 {
		return nil
	}
	return []string{"tpad=start=" + itoa(n) + ":start_mode=add:color=black", s.ticks(), "setpts=N"}
}

// tail is how far before its end a stream is entered for its last picture.
var tail = Rational(1, 2)

// ending plans the last picture of a stream, which stays while the sound goes on.
// It is come to picture by picture, and none is kept on the way: a call may have
// its last key frame, from which all has to be decoded, minutes before.
func (s *scene) ending(g *graph, m *Media, v *Stream, f frame, n int64) string {
	w := newWindow(m, v.Start.Add(v.Duration).Sub(tail).Max(v.Start))
	options := append([]string{"-reinit_filter", "0"}, w.args()...)
	input := g.input(m, v.Index, append(options, s.open(m)...))
	chain := []string{"setpts=" + w.setpts(Ratio{1, 1}), "fps=fps=" + s.Output.Rate.arg()}
	if v.Interlaced {
		chain = append(chain, deinterlace)
	}
	chain = append(chain, "tpad=stop=-1:stop_mode=clone", "trim=start="+tail.String(), "trim=end_frame=1", "setpts=0")
	held := *s
	held.frames = n
	return held.hold(g, f.place(g, input, chain, movingFlags))
}

// black is a box of which nothing is seen.
func (s *scene) black(g *graph, b box) string { return s.ground(g, b, "black") }

// ground is a box of one colour.
func (s *scene) ground(g *graph, b box, color string) string {
	return g.chain("", "color=c="+color+":s="+b.size()+":r="+s.Output.Rate.arg(), "format=yuv420p", tags, "trim=end_frame="+itoa(s.frames))
}

// present says whether the stream has anything between two of its time
// stamps. Where its duration is not known, it has all that is after its start.
func (v *Stream) present(from, to Time) bool {
	return v.Start.Cmp(to) < 0 && !v.ended(from)
}

// ended says whether the stream's last picture is over at a time stamp.
func (v *Stream) ended(at Time) bool {
	return v.Duration != (Time{}) && v.Start.Add(v.Duration).Cmp(at) <= 0
}
