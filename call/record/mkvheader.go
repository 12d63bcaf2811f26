package record

import (
	"bytes"
	"fmt"
	"time"

	"github.com/at-wat/ebml-go"
)

// The structure of a track file as ebml-go writes it, elements in RFC 9559's
// names (older ones where the library has those).
type (
	mkvEBML struct {
		EBML struct {
			EBMLVersion        uint64
			EBMLReadVersion    uint64
			EBMLMaxIDLength    uint64
			EBMLMaxSizeLength  uint64
			EBMLDocType        string
			EBMLDocTypeVersion uint64
			EBMLDocTypeReadVer uint64 `ebml:"EBMLDocTypeReadVersion"`
		}
	}
	mkvSegment struct {
		Segment struct{} `ebml:",size=unknown"`
	}
	mkvVoid struct{ Void []byte }
	mkvInfo struct {
		Info struct {
			TimecodeScale uint64
			MuxingApp     string
			WritingApp    string
			DateUTC       time.Time
			Void          []byte
		}
	}
	mkvTracks struct {
		Tracks struct{ TrackEntry mkvTrack }
	}
	mkvTrack struct {
		TrackNumber  uint64
		TrackUID     uint64
		FlagLacing   uint64
		Name         string `ebml:",omitempty"`
		CodecID      string
		CodecPrivate []byte `ebml:",omitempty"`
		SeekPreRoll  uint64 `ebml:",omitempty"`
		TrackType    uint64
		Video        *mkvVideo
		Audio        *mkvAudio
	}
	mkvVideo struct {
		PixelWidth, PixelHeight uint64
		Colour                  mkvColour
	}
	mkvColour struct{ MatrixCoefficients, Range uint64 }
	mkvAudio  struct {
		SamplingFrequency float64
		Channels          uint64
		BitDepth          uint64 `ebml:",omitempty"`
	}
	mkvCues struct{ Cues struct{ CuePoint []mkvCue } }
	mkvCue  struct {
		CueTime           uint64
		CueTrackPositions struct{ CueTrack, CueClusterPosition uint64 }
	}
	mkvSeekHead struct{ SeekHead struct{ Seek []mkvSeek } }
	mkvSeek     struct {
		SeekID       []byte
		SeekPosition uint64
	}
	mkvDuration struct{ Duration float64 }
)

// Track types of RFC 9559.
const (
	mkvTypeVideo = 1
	mkvTypeAudio = 2
)

// Room left in the header for what is known at the end only: a whole element
// of Void takes the place of another, so the header is valid at all times.
const (
	seekRoom     = 96
	durationRoom = 11 // ID, size, 8 bytes of float
)

// mkvLayout says where in a file the things stand that the end fills in, in
// bytes from its start.
type mkvLayout struct {
	segmentSize  int64
	segmentData  int64
	seekHead     int64
	info, tracks int64
	duration     int64
}

// mkvHeader is everything before the first cluster.
func mkvHeader(started time.Time, entry mkvTrack) ([]byte, mkvLayout, error) {
	var b bytes.Buffer
	var at mkvLayout
	var head mkvEBML
	head.EBML.EBMLVersion, head.EBML.EBMLReadVersion = 1, 1
	head.EBML.EBMLMaxIDLength, head.EBML.EBMLMaxSizeLength = 4, 8
	head.EBML.EBMLDocType, head.EBML.EBMLDocTypeVersion, head.EBML.EBMLDocTypeReadVer = "matroska", 4, 2
	var info mkvInfo
	info.Info.TimecodeScale = uint64(time.Millisecond)
	info.Info.MuxingApp, info.Info.WritingApp = "Parley", "Parley"
	info.Info.DateUTC = started.UTC()
	info.Info.Void = make([]byte, durationRoom-2)
	entry.TrackNumber, entry.TrackUID = 1, 1
	tracks := mkvTracks{}
	tracks.Tracks.TrackEntry = entry

	for _, part := range []struct {
		element any
		before  *int64 // set to the position where the element begins
		after   *int64 // set to the position behind it
	}{
		{&head, nil, nil},
		{&mkvSegment{}, nil, &at.segmentData},
		{&mkvVoid{make([]byte, seekRoom-2)}, &at.seekHead, nil},
		{&info, &at.info, &at.duration},
		{&tracks, &at.tracks, nil},
	} {
		if part.before != nil {
			*part.before = int64(b.Len())
		}
		if err := ebml.Marshal(part.element, &b); err != nil {
			return nil, at, fmt.Errorf("writing a Matroska header: %w", err)
		}
		if part.after != nil {
			*part.after = int64(b.Len())
		}
	}
	at.duration -= durationRoom
	at.segmentSize = at.segmentData - 8
	return b.Bytes(), at, nil
}
