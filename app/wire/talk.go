package wire

import (
	"parley/call"
	"parley/call/filestore"
)

// makeTalk makes what goes beside picture and sound; what is written is kept
// with the recording.
func (s *System) makeTalk() {
	s.Talk = call.NewTalk(filestore.New(), s.log)
	s.Talk.Chat.Watch(func(line call.ChatLine) {
		if !line.Delivered {
			s.Media.Write(line)
		}
	})
}

// writeSoFar gives a recording what was written before it began.
func (s *System) writeSoFar(rec call.Recorder) {
	keeper, ok := rec.(call.ChatRecorder)
	if !ok {
		return
	}
	for _, line := range s.Talk.Chat.Lines() {
		keeper.Write(line)
	}
}
