package call

import (
	"errors"
	"io"
	"time"
)

// videoReceiver decodes remote tracks of one kind into a slot.
type videoReceiver struct {
	cfg   MediaConfig
	slot  *Slot
	stats receiveCounter
	// keep shows every access unit to the recorder, and says whether that needs
	// a key frame.
	keep func(codec string, f EncodedFrame) bool
	// take says whether a decoded picture is one to be shown.
	take func(*Picture) bool
	// begin is called for each track; due is when to show a picture.
	begin func()
	due   func(rtp uint32, now time.Time) time.Time
}

// receiveCounter hears what a videoReceiver does.
type receiveCounter interface {
	receives(codec string)
	receivedFrame(EncodedFrame)
	decodeFailed()
	decoded(*Picture)
}

// receive decodes a remote track until it ends. A picture whose references
// were lost is not shown: the last good one stands until the key frame that is
// asked for.
func (v *videoReceiver) receive(in VideoIn) {
	decoder, err := v.decoder(in)
	if err != nil {
		v.cfg.Log.Error("their picture cannot be decoded", "err", err)
		return
	}
	defer func() {
		if err := decoder.Close(); err != nil {
			v.cfg.Log.Warn("closing the decoder", "err", err)
		}
	}()
	v.begin()
	hold := newPictureHold(v.slot)
	defer hold.close()
	whole := false // the decoder has what the next frame refers to
	for {
		frame, err := in.ReadFrame()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				v.cfg.Log.Warn("their picture ended", "err", err)
			}
			return
		}
		v.stats.receivedFrame(frame)
		wanted := v.keep(in.Codec(), frame)
		whole = v.decode(decoder, hold, frame, whole && frame.Lost == 0)
		if !whole || wanted {
			in.RequestKeyFrame()
		}
	}
}

func (v *videoReceiver) decoder(in VideoIn) (VideoDecoder, error) {
	codec, err := findVideo(v.cfg.Video, in.Codec())
	if err != nil {
		return nil, err
	}
	v.stats.receives(codec.Name())
	return codec.NewDecoder()
}

// decode shows one frame and says whether the next one can refer to it.
func (v *videoReceiver) decode(decoder VideoDecoder, hold *pictureHold, frame EncodedFrame, whole bool) bool {
	if !whole && !frame.Key {
		return false
	}
	pic := hold.writable()
	shown, err := decoder.Decode(frame.Unit, pic)
	if err != nil {
		v.stats.decodeFailed()
		v.cfg.Log.Debug("a picture was not decoded", "err", err)
		return false
	}
	if shown && v.take(pic) {
		pic.At = frame.At
		v.stats.decoded(pic)
		now := time.Now()
		hold.put(v.due(frame.RTPTime, now), now)
	}
	return true
}

// cameraReceiver receives their camera, in sync with their voice.
func (m *Media) cameraReceiver() videoReceiver {
	return videoReceiver{
		cfg: m.cfg, slot: m.remote, stats: m.stats, keep: m.keepRemote,
		take: func(*Picture) bool { return true }, begin: func() { m.lips.begin(true) }, due: m.lips.due,
	}
}

// keepRemote hands an access unit of their camera to the recorder.
func (m *Media) keepRemote(codec string, f EncodedFrame) bool {
	wanted := m.cameraKeys.came(f)
	if rec := m.recorderNow(); rec != nil {
		rec.RemoteFrame(codec, f)
	}
	return wanted
}
