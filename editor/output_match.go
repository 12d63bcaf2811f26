package editor

import "math"

// raster is what the pictures of a film and of its source have to share for
// the one to be copied into the other.
type raster struct {
	width, height int
	rate          Ratio
}

// widest bounds the side of a picture that a film is made as large as without
// being asked to.
const widest = 4096

// matching is the raster of the pictures that are copied when the film has it:
// that of the sources which last longest among those that can be copied. There
// is none where more than half of what moves has to be encoded anyhow.
func matching(t Timeline, lib Library) (best raster, ok bool) {
	var all Time
	lasts := map[raster]Time{}
	for _, c := range t.clips {
		v, ok := leading(c, lib[c.Source])
		if c.Stands() || !ok && lib[c.Source].Recording == nil {
			continue
		}
		if all = all.Add(c.Length()); !ok {
			continue
		}
		if s := v.raster(); c.untouched() && s.width <= widest && s.height <= widest && s.rate.Known() && v.Copyable(Output{Width: s.width, Height: s.height}) {
			if lasts[s] = lasts[s].Add(c.Length()); lasts[s].Cmp(lasts[best]) > 0 {
				best = s
			}
		}
	}
	most := lasts[best]
	return best, most.Cmp(Time{}) > 0 && most.Add(most).Cmp(all) >= 0
}

// raster of the stream; its rate is not known where its pictures do not come at
// one of a film's.
func (v *Stream) raster() raster {
	s := raster{width: v.CodedWidth, height: v.CodedHeight}
	mean := v.FrameRate
	if v.VariableRate && v.AverageRate.Known() {
		mean = v.AverageRate
	}
	off := math.Inf(1)
	for _, r := range Rates() {
		if d := math.Abs(r.Float() - mean.Float()); d < off && d < r.Float()/200 {
			s.rate, off = r, d
		}
	}
	return s
}
