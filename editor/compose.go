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
	Fit        Fit // never empty
	Radius     int // of the corners, pixels
}

// Filter is the part of a filter graph that makes the label into of the boxes'
// pictures, each of its box's size, in yuv420p with the film's colours, and of
// exactly n frames with the time stamps 0, 1, 2… in frames. Labels of its own
// are longer forms of into.
func (c Composition) Filter(pictures []string, into string, n int64, out Output) string {
	name := func(suffix string) string { return into[:len(into)-1] + suffix + "]" }
	var chains []string
	base := name("ground")
	if len(c.Boxes) > 0 && c.Boxes[0].covers(out) {
		base, c.Boxes, pictures = pictures[0], c.Boxes[1:], pictures[1:]
	} else {
		chains = append(chains, Ground(c.Ground, n, out)+base)
	}
	for i, b := range c.Boxes {
		picture, box := pictures[i], fmt.Sprintf("box%d", i)
		if b.Radius > 0 {
			chains = append(chains, b.mask(n, out)+name(box+"mask"), picture+"format=yuva420p"+name(box+"alpha"),
				name(box+"alpha")+name(box+"mask")+"alphamerge"+name(box+"round"))
			picture = name(box + "round")
		}
		chains = append(chains, fmt.Sprintf("%s%soverlay=x=%d:y=%d:format=yuv420%s", base, picture, b.X, b.Y, name(box)))
		base = name(box)
	}
	return strings.Join(append(chains, base+tags+into), ";")
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
		color, out.Width, out.Height, out.Rate.arg(), tags, loop(n))
}

// Tags is the filter that names the film's colours for what is in them.
const Tags = tags

// mask is a source of n pictures, drawn once, that are white where the box is
// seen and black where its corners are cut off.
func (b Placed) mask(n int64, out Output) string {
	far := func(axis string, size int) string {
		return fmt.Sprintf("max(abs(%s-%.1f)-%.1f,0)", axis, float64(size-1)/2, float64(size)/2-float64(b.Radius))
	}
	inside := fmt.Sprintf("255*clip(%.1f-hypot(%s,%s),0,1)", float64(b.Radius)+0.5, far("X", b.W), far("Y", b.H))
	return fmt.Sprintf("color=c=black:s=%dx%d:r=%s,trim=end_frame=1,format=gray,geq=lum='%s',%s",
		b.W, b.H, out.Rate.arg(), inside, loop(n))
}

// loop repeats one picture so that there are n.
func loop(n int64) string { return fmt.Sprintf("loop=loop=%d:size=1:start=0,setpts=N", n-1) }
