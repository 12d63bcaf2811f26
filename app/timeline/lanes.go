package timeline

// band is a part of the strip's height, in Fyne's units.
type band struct{ top, bottom float64 }

func (b band) height() float64         { return b.bottom - b.top }
func (b band) holds(y float64) bool    { return y >= b.top && y < b.bottom }
func (b band) inset(by float64) band   { return band{b.top + by, b.bottom - by} }
func (b band) below(from float64) band { return band{b.top + from, b.bottom} }

// lanes are the parts of the strip from top to bottom.
type lanes struct {
	ruler band
	clips band
	cues  band // empty where the film has no subtitles
	music band
	bar   band // for scrolling
}

// Heights of the lanes, in Fyne's units; the clips get the rest.
const (
	rulerHeight = 32
	cueHeight   = 5
	musicHeight = 38
	hintHeight  = 24 // of the music's lane while there is none
	barHeight   = 12
	laneGap     = 5

	headHeight = 19 // of a clip's head, with its name
	waveHeight = 30 // of the sound under a clip's pictures
	titleBar   = 15 // height of a title on a clip
)

// lay shares a height out.
func (l *lanes) lay(height float64, cues, music bool) {
	l.ruler = band{0, rulerHeight}
	l.bar = band{height - barHeight, height}
	bottom := l.bar.top
	tall := float64(hintHeight)
	if music {
		tall = musicHeight
	}
	l.music = band{bottom - tall, bottom}
	bottom -= tall + laneGap
	l.cues = band{bottom, bottom}
	if cues {
		l.cues = band{bottom - cueHeight, bottom}
		bottom -= cueHeight + 3
	}
	l.clips = band{rulerHeight + laneGap, max(rulerHeight+laneGap+20, bottom)}
}

// head is the part of a clip with its name.
func (l *lanes) head() band {
	return band{l.clips.top, l.clips.top + min(headHeight, l.clips.height()/3)}
}

// film is the part of a clip with its pictures; with the sound's where it has
// none of its own.
func (l *lanes) film(sound bool) band {
	b := band{l.head().bottom, l.clips.bottom}
	if sound {
		b.bottom -= l.waveHeight()
	}
	return b
}

// wave is the part of a clip with its sound, all of it where there is no
// picture.
func (l *lanes) wave(picture bool) band {
	b := band{l.head().bottom, l.clips.bottom}
	if picture {
		b.top = b.bottom - l.waveHeight()
	}
	return b
}

func (l *lanes) waveHeight() float64 { return min(waveHeight, (l.clips.height()-headHeight)/3) }
