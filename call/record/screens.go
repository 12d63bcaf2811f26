package record

import (
	"strings"

	"parley/call"
)

// isScreen tells the tracks of shared screens.
func isScreen(t Track) bool {
	return strings.HasPrefix(t.ID, meScreenID) || strings.HasPrefix(t.ID, themScreenID)
}

// screens keeps the screens that are shared beside the cameras, each as a track
// of its own. A call in which nobody shares has none.
type screens struct {
	me    *meVideo // nil when no picture of mine is kept
	them  *themVideo
	clock *remoteClock // of their screen: no report ties it to their voice
}

func newScreens(h *host, opt Options) screens {
	s := screens{clock: newRemoteClock()}
	s.them = newThemVideo(h, s.clock, themScreenID)
	if opt.Video != nil {
		s.me = newMeVideo(h, opt.Video, opt.BitRate, meScreenID)
	}
	return s
}

func (s screens) workers() []worker {
	if s.me == nil {
		return []worker{s.them}
	}
	return []worker{s.them, s.me}
}

var _ call.ScreenRecorder = (*Recording)(nil)

// LocalScreen implements call.ScreenRecorder, as LocalPicture does.
func (r *Recording) LocalScreen(pic *call.Picture) {
	if r.screens.me != nil && !r.closed.Load() {
		r.screens.me.take(pic)
	}
}

// RemoteScreen implements call.ScreenRecorder, as RemoteFrame does.
func (r *Recording) RemoteScreen(codec string, f call.EncodedFrame) {
	r.remoteFrame(r.screens.them, r.screens.clock, codec, f)
}
