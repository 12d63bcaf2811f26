package call

import (
	"errors"
	"io"
	"time"
)

// receiveVideo decodes a remote track into the remote slot until it ends. A
// picture whose references were lost is not shown: the last good one stands
// until the key frame that is asked for.
func (m *Media) receiveVideo(in VideoIn) {
	codec, err := findVideo(m.cfg.Video, in.Codec())
	if err != nil {
		m.cfg.Log.Error("their picture cannot be decoded", "err", err)
		return
	}
	decoder, err := codec.NewDecoder()
	if err != nil {
		m.cfg.Log.Error("their picture cannot be decoded", "err", err)
		return
	}
	defer func() {
		if err := decoder.Close(); err != nil {
			m.cfg.Log.Warn("closing the decoder", "err", err)
		}
	}()
	m.lips.begin(true)
	hold := newPictureHold(m.remote)
	defer hold.close()
	whole := false // the decoder has what the next frame refers to
	for {
		frame, err := in.ReadFrame()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				m.cfg.Log.Warn("their picture ended", "err", err)
			}
			return
		}
		m.stats.receivedFrame(frame)
		wanted := m.stats.wantsRemoteKeyFrame() // before the recorder is asked for: it is set first
		if rec := m.recorderNow(); rec != nil {
			rec.RemoteFrame(in.Codec(), frame)
		}
		switch {
		case wanted && frame.Key:
			m.stats.gotRemoteKeyFrame()
		case wanted:
			in.RequestKeyFrame()
		}
		whole = m.decode(decoder, hold, frame, whole && frame.Lost == 0)
		if !whole {
			in.RequestKeyFrame()
		}
	}
}

// decode shows one frame and says whether the next one can refer to it.
func (m *Media) decode(decoder VideoDecoder, hold *pictureHold, frame EncodedFrame, whole bool) bool {
	if !whole && !frame.Key {
		return false
	}
	pic := hold.writable()
	shown, err := decoder.Decode(frame.Unit, pic)
	if err != nil {
		m.stats.decodeFailed()
		m.cfg.Log.Debug("a picture was not decoded", "err", err)
		return false
	}
	if shown {
		pic.At = frame.At
		m.stats.decoded(pic)
		now := time.Now()
		hold.put(m.lips.due(frame.RTPTime, now), now)
	}
	return true
}
