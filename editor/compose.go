package editor

import (
	"fmt"
	"strings"
)

// Composition is a layout that has been applied to a recording and a frame.
type Composition struct {
	Ground string   // colour behind the boxes, "#rrggbb"; empty: black
	Boxes  []Placed // in the order in which they are drawn; none: the ground is all
}

// Placed is a track with the part of the frame that its picture takes.
type Placed struct {
	Track      Track
	X, Y, W, H int // pixels, all even
	Fit        Fit // FitInside or FitFill
	Radius     int // of the corners, pixels
}

// Filter is the part of a filter graph that makes [v] of the boxes' pictures
// [p0], [p1]…, each of its box's size, in yuv420p with the film's colours, and
// of exactly n frames with the time stamps 0, 1, 2… in frames. Labels of its
// own begin with "box".
func (c Composition) Filter(n int64, out Output) string {
	var chains []string
	base, first := "[p0]", 1
	if len(c.Boxes) == 0 || !c.Boxes[0].covers(out) {
		chains = append(chains, Ground(c.Ground, n, out)+"[box]")
		base, first = "[box]", 0
	}
	for i := first; i < len(c.Boxes); i++ {
		b, picture := c.Boxes[i], fmt.Sprintf("[p%d]", i)
		if b.Radius > 0 {
			chains = append(chains, b.rounded(i, n, out))
			picture = fmt.Sprintf("[box%dr]", i)
		}
		next := fmt.Sprintf("[box%d]", i)
		chains = append(chains, fmt.Sprintf("%s%soverlay=x=%d:y=%d:format=yuv420%s", base, picture, b.X, b.Y, next))
		base = next
	}
	return strings.Join(append(chains, base+"null[v]"), ";")
}

// covers says whether the box is all of the frame.
func (b Placed) covers(out Output) bool {
	return b.X == 0 && b.Y == 0 && b.W == out.Width && b.H == out.Height && b.Radius == 0
}

// Ground is a source filter without labels that gives n frames of a colour,
// "#rrggbb" (empty: black), in yuv420p with the film's colours. It is drawn in
// RGB, because ffmpeg draws YUV with another matrix than the film's, and once,
// because it stands.
func Ground(color string, n int64, out Output) string {
	if IsColor(color) {
		color = "0x" + color[1:]
	} else {
		color = "black"
	}
	return fmt.Sprintf("color=c=%s:s=%dx%d:r=%s,trim=end_frame=1,format=gbrp,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1,%s,%s",
		color, out.Width, out.Height, out.Rate.arg(), tags, standing(n))
}

// rounded cuts off the corners of box i with a mask that is drawn once.
func (b Placed) rounded(i int, n int64, out Output) string {
	far := func(axis string, size int) string {
		return fmt.Sprintf("max(abs(%s-%.1f)-%.1f,0)", axis, float64(size-1)/2, float64(size)/2-float64(b.Radius))
	}
	inside := fmt.Sprintf("255*clip(%.1f-hypot(%s,%s),0,1)", float64(b.Radius)+0.5, far("X", b.W), far("Y", b.H))
	return fmt.Sprintf("color=c=black:s=%dx%d:r=%s,trim=end_frame=1,format=gray,geq=lum='%s',%s[box%dm];"+
		"[p%[6]d]format=yuva420p[box%[6]da];[box%[6]da][box%[6]dm]alphamerge[box%[6]dr]",
		b.W, b.H, out.Rate.arg(), inside, standing(n), i)
}

// standing repeats one picture so that there are n.
func standing(n int64) string { return fmt.Sprintf("loop=loop=%d:size=1:start=0,setpts=N", n-1) }
