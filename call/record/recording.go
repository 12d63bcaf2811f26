package record

import (
	"sync"
	"sync/atomic"
	"time"

	"parley/call"
)

// Recording is one recording being made. It implements call.Recorder; all its
// methods may be called from any goroutine, also after Close.
type Recording struct {
	host      *host
	clock     *remoteClock
	meVideo   *meVideo // nil when no picture of mine is kept
	meAudio   *meAudio
	themVideo *themVideo
	themAudio *themAudio
	screens   screens
	chat      *chat

	closed atomic.Bool
	stop   chan struct{}
	wg     sync.WaitGroup
	once   sync.Once
	err    error
}

var _ call.Recorder = (*Recording)(nil)

// worker is what one track's goroutine does. drain takes everything that
// waits; tick comes eight times a second; end is the last call.
type worker interface {
	wake() <-chan struct{}
	drain()
	tick()
	end()
}

const tickEvery = 125 * time.Millisecond

func newRecording(h *host, opt Options) *Recording {
	clock := newRemoteClock()
	r := &Recording{
		host: h, clock: clock, stop: make(chan struct{}),
		meAudio: newMeAudio(h), themVideo: newThemVideo(h, clock, themVideoID), themAudio: newThemAudio(h, clock),
		screens: newScreens(h, opt), chat: newChat(h),
	}
	workers := append([]worker{r.meAudio, r.themVideo, r.themAudio, r.chat}, r.screens.workers()...)
	if opt.Video != nil {
		r.meVideo = newMeVideo(h, opt.Video, opt.BitRate, meVideoID)
		workers = append(workers, r.meVideo)
	}
	for _, w := range workers {
		r.wg.Go(func() { r.run(w) })
	}
	return r
}

func (r *Recording) run(w worker) {
	ticker := time.NewTicker(tickEvery)
	defer ticker.Stop()
	defer w.end()
	for {
		select {
		case <-w.wake():
			w.drain()
		case <-ticker.C:
			w.tick()
		case <-r.stop:
			w.drain()
			return
		}
	}
}

// LocalPicture implements call.Recorder: it copies pic for the master encoder,
// or counts it as dropped when that is four pictures late.
func (r *Recording) LocalPicture(pic *call.Picture) {
	if r.meVideo != nil && !r.closed.Load() {
		r.meVideo.take(pic)
	}
}

// LocalSound implements call.Recorder. at is when the block was handed over by
// the device, that is, when its last sample was heard.
func (r *Recording) LocalSound(block []int16, at time.Time) {
	if !r.closed.Load() {
		r.meAudio.take(block, r.host.elapsed(at))
	}
}

// RemoteFrame implements call.Recorder. The track begins at the first key
// frame: ask the other side for one when the recording begins.
func (r *Recording) RemoteFrame(codec string, f call.EncodedFrame) {
	r.remoteFrame(r.themVideo, r.clock, codec, f)
}

// remoteFrame hands an access unit to the worker of its track.
func (r *Recording) remoteFrame(to *themVideo, clock *remoteClock, codec string, f call.EncodedFrame) {
	if r.closed.Load() || len(f.Unit) > maxUnit {
		return
	}
	arrived := r.host.elapsed(f.At)
	when, origin := clock.arrive(true, f.RTPTime, arrived)
	p := to.in.begin()
	if p == nil {
		return
	}
	*p = packet{
		data: append(p.data[:0], f.Unit...), codec: codec,
		when: when, arrived: arrived, rtp: f.RTPTime, lost: f.Lost, origin: origin,
	}
	to.in.commit()
}

// RemotePacket implements call.Recorder for Opus packets.
func (r *Recording) RemotePacket(a call.AudioPacket) {
	if r.closed.Load() || len(a.Payload) > maxPacket {
		return
	}
	arrived := r.host.elapsed(a.At)
	when, origin := r.clock.arrive(false, a.RTPTime, arrived)
	p := r.themAudio.in.begin()
	if p == nil {
		return
	}
	*p = packet{
		data: append(p.data[:0], a.Payload...),
		when: when, arrived: arrived, rtp: a.RTPTime, seq: a.Sequence, origin: origin,
	}
	r.themAudio.in.commit()
}

// SenderReport implements call.Recorder.
func (r *Recording) SenderReport(s call.SenderReport) {
	if r.closed.Load() {
		return
	}
	r.clock.report(s.Video, s.NTP, s.RTPTime)
	in := r.themAudio.in
	if s.Video {
		in = r.themVideo.in
	}
	if p := in.begin(); p != nil {
		*p = packet{data: p.data[:0], report: true, ntp: s.NTP, rtp: s.RTPTime, arrived: r.host.elapsed(s.Arrived)}
		in.commit()
	}
}

// Mark notes the present moment in every track's timing file, with a label of
// at most 200 characters.
func (r *Recording) Mark(label string) {
	r.host.mark(noteMarker{"marker", shown(label), r.host.elapsed(r.host.now())})
}

// Close implements call.Recorder: it writes what waits, completes the files
// and the manifest, and returns all that went wrong since the beginning.
func (r *Recording) Close() error {
	r.once.Do(func() {
		r.closed.Store(true)
		close(r.stop)
		r.wg.Wait()
		r.err = r.host.finish()
	})
	return r.err
}

// Dir implements call.Recorder.
func (r *Recording) Dir() string { return r.host.dir }
