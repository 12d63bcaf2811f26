package capture

import (
	"math"

	"github.com/pion/mediadevices/pkg/frame"
	"github.com/pion/mediadevices/pkg/prop"

	"parley/call"
)

// defaultFormat is what is asked for where the caller leaves something open.
var defaultFormat = call.VideoFormat{Width: 1280, Height: 720, FrameRate: 30}

func withDefaults(want call.VideoFormat) call.VideoFormat {
	if want.Width <= 0 || want.Height <= 0 {
		want.Width, want.Height = defaultFormat.Width, defaultFormat.Height
	}
	if !(want.FrameRate > 0) {
		want.FrameRate = defaultFormat.FrameRate
	}
	return want
}

// formatCost is what each pixel format that can be converted costs, in the
// measure of mismatch. Raw pictures go first; but USB 2 carries them only in
// small sizes or at a few a second, which mismatch counts for much more than
// the work of decoding JPEG.
var formatCost = map[frame.Format]float64{
	frame.FormatYUYV:  0,
	frame.FormatYUY2:  0,
	frame.FormatUYVY:  0,
	frame.FormatI420:  0,
	frame.FormatNV12:  0.02,
	frame.FormatNV21:  0.02,
	frame.FormatI444:  0.02,
	frame.FormatRGBA:  0.03,
	frame.FormatMJPEG: 0.05,
}

// chooseFormat returns what comes nearest to want among what a camera offers,
// and false where it offers nothing that can be used.
func chooseFormat(offers []prop.Media, want call.VideoFormat) (best prop.Media, ok bool) {
	least := math.Inf(1)
	for _, offer := range offers {
		cost, usable := formatCost[offer.FrameFormat]
		if !usable || offer.Width < 2 || offer.Height < 2 {
			continue
		}
		if cost += mismatch(offer, want); cost < least {
			best, least, ok = offer, cost, true
		}
	}
	return best, ok
}

// mismatch measures in logarithms how far an offer is from what is wanted: a
// picture of half the pixels costs as much as one of twice, half the rate
// costs double that, and more pictures than wanted little.
func mismatch(offer prop.Media, want call.VideoFormat) float64 {
	w, h := float64(offer.Width), float64(offer.Height)
	wantW, wantH := float64(want.Width), float64(want.Height)
	cost := math.Abs(math.Log(w * h / (wantW * wantH)))
	cost += 0.5 * math.Abs(math.Log(w/h/(wantW/wantH)))
	if offer.FrameRate <= 0 {
		return cost + 0.1 // it does not say
	}
	// A camera of 29.97 is as good as one of 30.
	rate := math.Log(float64(offer.FrameRate) / want.FrameRate)
	switch {
	case rate < -0.01:
		return cost - 2*rate
	case rate > 0.01:
		return cost + 0.2*rate
	}
	return cost
}
