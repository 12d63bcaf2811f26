package call

import (
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// MediaConfig is what a Media is made of.
type MediaConfig struct {
	Devices    Devices
	Video      []VideoCodec // in order of preference
	Audio      AudioCodec
	NewPlayout func(AudioDecoder) Playout
	Voice      VoiceProcessor // cleans the microphone's sound; nil sends it raw. Media closes it.
	DTX        bool           // Audio gives empty packets in silence: leave them out
	Format     VideoFormat    // asked of cameras
	BitRate    int            // bit/s of picture until the transport says otherwise
	Log        *slog.Logger
	// Talk is what goes beside picture and sound; nil: nothing.
	Talk DataMedia
	// Side hears what this side does, whenever that changes; it must not block.
	Side func(SideState)
	// Notify hears of devices that fail, from any goroutine; it must not block.
	Notify func(MediaEvent)
}

// MediaEvent tells that a device stopped to work and what took its place, or
// that it is back, or (a warning) that it cannot be right.
type MediaEvent struct {
	Kind     DeviceKind
	Sentence string
	Err      error // what failed; nil where nothing did
}

// Media is this side's picture and sound, before and during a call: it owns
// the devices, the codecs and the goroutines between them.
//
//	camera ─read─> preview slot ──> whoever shows it
//	         └──> send slot ─encode─> VideoOut
//	sound device ─> recorder, voice ─> level, encoder ─> AudioOut
//	VideoIn ─decode─> remote slot ──> whoever shows it
//	screen ──> send slot ─encode─> VideoOut, and VideoIn ─decode─> remote screen's slot
//	AudioIn ─> Playout ─> sound device
type Media struct {
	cfg     MediaConfig
	preview *Slot
	remote  *Slot
	video   *videoSender
	sound   *soundPath
	stats   *collector
	lips    *lipSync
	rates   rates

	receiver, screenReceiver videoReceiver
	remoteScreen             *Slot
	screenWatch              screenWatch
	cameraKeys, screenKeys   keyWish // of a recording
	sharing                  sharing

	recorder atomic.Pointer[recorderBox]

	switching sync.Mutex // held while cameras open and close, which may take seconds

	mu        sync.Mutex // guards what follows, for a moment at a time
	camera    *cameraPump
	dying     *cameraPump // the camera that failed last
	cameraOn  string      // the name in use, also while it is off
	cameraOff bool
	closed    bool

	closing chan struct{}
	mending sync.WaitGroup // goroutines that try to get a camera back
}

// recorderBox makes an interface fit an atomic pointer.
type recorderBox struct{ Recorder }

// ErrClosed is returned after Close.
var ErrClosed = errors.New("closed")

// NewMedia returns media without devices: UseCamera and UseSound choose them.
func NewMedia(cfg MediaConfig) *Media {
	m := &Media{
		cfg: cfg, preview: NewSlot(), remote: NewSlot(), remoteScreen: NewSlot(),
		stats: newCollector(), lips: newLipSync(), closing: make(chan struct{}),
	}
	m.stats.replaced, m.stats.skew = m.remote.Replaced, m.lips.skew
	m.video = newVideoSender(cfg, m.stats)
	m.sharing.sender = newVideoSender(cfg, &m.stats.screen)
	m.sharing.sender.setScreen(true)
	m.rates = rates{camera: m.video, screen: m.sharing.sender, total: cfg.BitRate}
	m.receiver, m.screenReceiver = m.cameraReceiver(), m.newScreenReceiver()
	m.screenWatch.alive = m.stats.heardWithin
	m.sound = newSoundPath(cfg, m.stats, m.lips, m.recorderNow)
	return m
}

// Preview holds this side's newest picture.
func (m *Media) Preview() *Slot { return m.preview }

// Remote holds the other side's newest picture. Whoever shows one calls Shown.
func (m *Media) Remote() *Slot { return m.remote }

// UseSound switches to a microphone and a speaker by name (see Devices). Where
// they cannot be opened the ones before stay in use; where they open but do not
// start, silence is sent.
func (m *Media) UseSound(microphone, speaker string) error {
	return m.sound.use(microphone, speaker)
}

// SetMuted sends silence in place of the microphone; a recording's own track
// is silenced as well, for a person who mutes expects not to be heard.
func (m *Media) SetMuted(muted bool) {
	m.sound.muted.Store(muted)
	m.tellSide()
}

// SetVoice switches parts of what cleans the microphone's sound on and off.
// Where nothing cleans it, that is no error.
func (m *Media) SetVoice(config VoiceConfig) error {
	if m.cfg.Voice == nil {
		return nil
	}
	return m.cfg.Voice.Configure(config)
}

// Level is the microphone's peak over the last tenth of a second, 0 to 1,
// as it is sent.
func (m *Media) Level() float64 { return m.sound.level.peak() }

// SendVideo implements PeerMedia.
func (m *Media) SendVideo(out VideoOut) {
	m.video.attach(out)
	m.TargetRate(m.cfg.BitRate)
}

// SendAudio implements PeerMedia.
func (m *Media) SendAudio(out AudioOut) { m.sound.attach(out) }

// ReceiveVideo implements PeerMedia.
func (m *Media) ReceiveVideo(in VideoIn) { m.receiver.receive(in) }

// ReceiveAudio implements PeerMedia.
func (m *Media) ReceiveAudio(in AudioIn) { m.sound.receive(in) }

// SendData implements DataMedia.
func (m *Media) SendData(d Data) {
	if m.cfg.Talk != nil {
		m.cfg.Talk.SendData(d)
	}
}

// KeyFrameWanted implements PeerMedia.
func (m *Media) KeyFrameWanted() { m.video.forceKeyFrame() }

// TargetRate implements PeerMedia.
func (m *Media) TargetRate(bps int) {
	m.stats.target(bps)
	m.rates.set(bps)
}

// AudioTarget implements AudioSteered.
func (m *Media) AudioTarget(bps int, loss, burst float64) {
	m.sound.sender.target(soundTarget{rate: bps, loss: loss, burst: burst})
}

// SenderReport implements PeerMedia.
func (m *Media) SenderReport(r SenderReport) {
	m.lips.report(r)
	if rec := m.recorderNow(); rec != nil {
		rec.SenderReport(r)
	}
}

// Transport implements PeerMedia.
func (m *Media) Transport(stats func() TransportStats) { m.stats.setTransport(stats) }

// Record hands everything to r from now on, until StopRecording. The
// recording begins with a key frame of the other side's picture.
func (m *Media) Record(r Recorder) error {
	defer m.tellSide()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return ErrClosed
	}
	if !m.recorder.CompareAndSwap(nil, &recorderBox{r}) {
		return errors.New("a recording is running already")
	}
	m.cameraKeys.begin()
	m.screenKeys.begin()
	return nil
}

// StopRecording ends the recording and waits for its files; it returns its
// folder, or "" where there was no recording.
func (m *Media) StopRecording() (dir string, err error) {
	box := m.recorder.Swap(nil)
	if box == nil {
		return "", nil
	}
	m.cameraKeys.end()
	m.screenKeys.end()
	m.tellSide()
	return box.Dir(), box.Close()
}

// Write has a recording keep a line of the chat.
func (m *Media) Write(line ChatLine) {
	if rec, ok := m.recorderNow().(ChatRecorder); ok {
		rec.Write(line)
	}
}

func (m *Media) recorderNow() Recorder {
	if box := m.recorder.Load(); box != nil {
		return box.Recorder
	}
	return nil
}

// Shown tells that a picture of Remote was put before a person's eyes.
func (m *Media) Shown(pic *Picture) { m.stats.shown(pic, time.Now()) }

// Stats is what was counted since the last ResetStats.
func (m *Media) Stats() MediaStats { return m.stats.snapshot() }

// ResetStats begins to count anew, for a new call. With measure set, the
// marks of a test pattern and a test tone are read on what is shown and
// played.
func (m *Media) ResetStats(measure bool) { m.stats.reset(measure) }

// Close lets go of all devices and waits; it is idempotent.
func (m *Media) Close() error {
	m.mu.Lock()
	if !m.closed {
		m.closed = true
		close(m.closing)
	}
	m.mu.Unlock()
	m.mending.Wait()
	m.switching.Lock() // a switch in progress ends first
	defer m.switching.Unlock()
	m.dropCamera()
	m.video.close()
	m.closeSharing()
	_, err := m.StopRecording()
	return errors.Join(err, m.sound.close())
}
