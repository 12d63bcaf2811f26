package wire

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os/user"
	"time"

	"parley/app/invites"
	"parley/app/people"
	"parley/app/settings"
	"parley/app/wire/heap"
	"parley/call"
	"parley/call/audio/playout"
	"parley/call/audio/voice"
	"parley/call/codec/h264"
	"parley/call/record"
	"parley/call/rtc"
	"parley/call/signal/direct"
	"parley/call/signal/lan"
)

// Options say how this start differs from the settings.
type Options struct {
	Profile string // folder of a separate identity; "" is the user's own
	Port    int    // TCP and UDP; 0: the settings', or the default
	Codec   string // "" offers all
	Record  string // folder for recordings; "" is the settings'
	Listen  bool   // take calls
	Server  string // rendezvous; "" is the settings'
	Ask     bool   // a person can be asked whether a call goes on: see call.Event.Asking
	Log     *slog.Logger
}

// System is everything of a call, ready to be driven by a window or a verb.
type System struct {
	Folders  settings.Folders
	Settings *settings.Store
	People   *people.Store
	Devices  call.Devices
	Media    *call.Media
	Talk     *call.Talk
	Phone    *call.Phone
	Links    *invites.Keeper // nil where calls are not taken
	Port     int             // listened on; 0 where calls are not taken
	Trouble  chan call.MediaEvent
	// Neighbours are the people on the same network.
	Neighbours *lan.Neighbours

	options Options
	diary   *people.Diary
	log     *slog.Logger

	stopNearby func()
}

// startRate is the picture's bit rate until the transport says otherwise. The
// first key frame is made at it, and on a thin link one of a large picture
// would hold up everything: a link that carries more proves it within a moment.
const startRate = 250_000

// NewSystem builds it without opening a device. Close it.
func NewSystem(o Options) (*System, error) {
	if !heap.Settle() {
		o.Log.Info("the memory of codecs is not kept together; long calls may take more of it")
	}
	folders, err := settings.FoldersFor(o.Profile)
	if err != nil {
		return nil, err
	}
	store, err := settings.Open(folders.Settings())
	if err != nil {
		return nil, err
	}
	known, err := people.Open(folders.People())
	if err != nil {
		return nil, err
	}
	s := &System{
		Folders: folders, Settings: store, People: known, Devices: devices{},
		Trouble: make(chan call.MediaEvent, 8), options: o, log: o.Log,
	}
	return s, s.build()
}

func (s *System) build() error {
	video, err := chooseVideo(s.options.Codec)
	if err != nil {
		return err
	}
	var listener *direct.Listener
	var media net.Listener
	if s.options.Listen {
		if listener, err = s.listen(); err != nil {
			return err
		}
		s.Port, media = listener.Port(), listener.Media()
	}
	port := s.Port
	if port == 0 {
		port = s.options.Port
	}
	certificate, err := rtc.OpenCertificate(s.Folders.Certificate())
	if err != nil {
		return err
	}
	factory, err := rtc.NewFactory(rtc.Config{
		Port: port, TCP: media, Video: codecNames(video), Certificate: certificate, Servers: s.servers, Log: s.log,
	})
	if err != nil {
		return err
	}
	s.makeTalk()
	if s.Neighbours, err = s.openNeighbours(); err != nil {
		return err
	}
	s.Media = call.NewMedia(call.MediaConfig{
		Talk: s.Talk, Side: s.Talk.Sides.Set,
		Devices: s.Devices, Video: video, Audio: audioCodec(), NewPlayout: newPlayout, Voice: s.voice(),
		Format: s.Settings.Get().Format(), BitRate: startRate, Log: s.log, Notify: s.trouble,
	})
	s.Phone = call.NewPhone(call.PhoneConfig{
		Me: s.name, Dialer: s.dialer(), Welcome: s.welcome, Port: s.Port, NewPeer: factory.NewPeer, Media: s.Media,
		Mirror: func() call.PeerMedia { return call.NewMirror(s.log) }, MirrorPeer: factory.NewFarPeer, Log: s.log,
		Policy: s.policy(),
	})
	s.Phone.Watch(s.diary.Note) // for as long as they live
	s.Phone.WatchMissed(s.diary.Missed)
	call.Announce(s.Phone, s.Media)
	s.stopNearby = s.tellNeighbours()
	if listener != nil {
		s.Phone.Listen(listener)
		s.Links = s.keepLinks()
	}
	return nil
}

func newPlayout(d call.AudioDecoder) call.Playout { return playout.New(d, playout.Options{}) }

// voice cleans the microphone's sound; where it cannot, sound goes as it is.
func (s *System) voice() call.VoiceProcessor {
	p, err := voice.New(s.Settings.Get().Voice())
	if err != nil {
		s.log.Error("the microphone's sound is not cleaned", "err", err)
		return nil
	}
	return p
}

// listen takes the port that was asked for. The default port may be another
// Parley's on the same machine: then any port will do.
func (s *System) listen() (*direct.Listener, error) {
	port := s.options.Port
	if port == 0 {
		port = s.Settings.Get().Port
	}
	if port != 0 {
		return direct.Listen(port, s.log)
	}
	l, err := direct.Listen(direct.DefaultPort, s.log)
	if errors.Is(err, direct.ErrPortTaken) {
		s.log.Info("the default port is taken; another one is used", "port", direct.DefaultPort)
		return direct.Listen(0, s.log)
	}
	return l, err
}

// servers are those of the settings; a line that names none is left out, as the
// settings said when it was written.
func (s *System) servers() (all []call.Server) {
	list, err := settings.ParseServers(s.Settings.Get().Servers)
	if err != nil {
		s.log.Warn("a server of the settings is not used", "err", err)
	}
	for _, one := range list {
		all = append(all, call.Server(one))
	}
	return all
}

// welcome says what becomes of a call that comes in.
func (s *System) welcome(c call.Caller) call.Welcome {
	if !s.People.Admits(c) {
		return call.Never
	}
	if s.Settings.Get().DoNotDisturb {
		return call.NotNow
	}
	return call.Rings
}

// name is what the other side is shown.
func (s *System) name() string {
	if name := s.Settings.Get().Name; name != "" {
		return name
	}
	if u, err := user.Current(); err == nil {
		if u.Name != "" {
			return u.Name
		}
		return u.Username
	}
	return "Somebody"
}

// trouble passes a device's failure on; when nobody has read the last ones, a
// further one tells nothing new.
func (s *System) trouble(e call.MediaEvent) {
	select {
	case s.Trouble <- e:
	default:
	}
}

// RecordingsFolder is where recordings go.
func (s *System) RecordingsFolder() string {
	if s.options.Record != "" {
		return s.options.Record
	}
	if dir := s.Settings.Get().Recordings; dir != "" {
		return dir
	}
	return s.Folders.Recordings()
}

// StartRecording keeps the current call in a new folder.
func (s *System) StartRecording() error {
	now := s.Phone.Last()
	store := record.New(record.Options{
		Root: s.RecordingsFolder(), Video: h264.New(),
		Failed: func(err error) {
			s.trouble(call.MediaEvent{Kind: call.Camera, Sentence: err.Error(), Err: err})
		},
	})
	rec, err := store.Open(call.RecordingInfo{Me: s.name(), Them: now.Them, Session: now.Session, Started: time.Now()})
	if err != nil {
		return err
	}
	s.writeSoFar(rec)
	if err := s.Media.Record(rec); err != nil {
		return errors.Join(err, rec.Close())
	}
	return nil
}

// StopRecording finishes the recording and returns its folder.
func (s *System) StopRecording() (string, error) { return s.Media.StopRecording() }

// Close ends the call and lets go of everything.
func (s *System) Close() error {
	var errs []error
	if s.Links != nil { // first: it makes rooms that the phone listens to
		errs = append(errs, s.Links.Close())
	}
	if s.stopNearby != nil {
		s.stopNearby()
	}
	if s.Neighbours != nil {
		errs = append(errs, s.Neighbours.Close())
	}
	if s.Phone != nil {
		errs = append(errs, s.Phone.Close())
	}
	if s.Media != nil {
		errs = append(errs, s.Media.Close())
	}
	if s.Talk != nil {
		errs = append(errs, s.Talk.Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("closing: %w", err)
	}
	return nil
}
