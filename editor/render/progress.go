package render

import (
	"sync"
	"time"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// Phase is what a render is doing.
type Phase string

// The phases, in order.
const (
	Preparing Phase = "preparing"
	Rendering Phase = "rendering"
	Finishing Phase = "finishing" // joining, and moving the index to the front
	Checking  Phase = "checking"
	Done      Phase = "done"
)

// Progress is how far a render has come.
type Progress struct {
	Phase    Phase         `json:"phase"`
	Fraction float64       `json:"fraction"` // 0 to 1, never less than before
	Left     time.Duration `json:"left"`     // nanoseconds, an estimate; negative where nothing can be said yet
	Speed    float64       `json:"speed"`    // seconds of film made a second, what was reused left out; 0 where nothing can be said yet
	Copied   float64       `json:"copied"`   // part of the film's frames that is copied, 0 to 1; 0 until it is known
}

// Costs of work in seconds on two cores, roughly: only their proportions
// count.
const (
	costPixel  = 1.0 / 60e6 // a picture element, scaled and encoded
	costCopied = 1.0 / 200  // of a frame that is encoded
	costCopy   = 1.0 / 40e3 // a frame that is copied
	costSample = 1.0 / (48000 * 60)
	costJoin   = 0.03 // of all before: joining
	costCheck  = 0.03 // of all before: checking
	quietest   = 100 * time.Millisecond
)

// tracker adds up what the steps of a job report.
type tracker struct {
	mu       sync.Mutex
	report   func(Progress)
	now      func() time.Time
	begun    time.Time
	told     time.Time
	last     Progress
	length   float64            // of the film, in seconds
	frame    float64            // cost of a picture
	sound    float64            // cost of the sound
	kept     int64              // samples of the sound that were copied
	heard    float64            // cost of what of it is done
	total    float64            // cost of everything up to the joining
	steps    map[string]float64 // cost of what each step has done
	reuse    int
	rendered int
	spared   float64         // cost of what was found in the cache
	copies   map[string]bool // the steps that copied
}

func newTracker(report func(Progress), now func() time.Time) *tracker {
	if report == nil {
		report = func(Progress) {}
	}
	return &tracker{report: report, now: now, begun: now(), steps: map[string]float64{}, copies: map[string]bool{}, last: Progress{Left: -1}}
}

// expect says how much there is to do.
func (t *tracker) expect(p *editor.Plan) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.length = editor.Frames(p.Frames, p.Output.Rate).Float()
	t.frame = float64(p.Output.Width*p.Output.Height) * costPixel
	t.sound = float64(p.Samples) * costSample
	t.total = t.sound
	t.last.Copied = float64(p.Copied()) / float64(max(1, p.Frames))
	for _, s := range p.Pictures {
		t.total += t.cost(s, s.Frames)
	}
}

// phase begins a phase, and says so at once.
func (t *tracker) phase(p Phase) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last.Phase = p
	switch p {
	case Finishing:
		t.advance(1 - costJoin - costCheck)
	case Checking:
		t.advance(1 - costCheck)
	case Done:
		t.advance(1)
	}
	t.tell(true)
}

// step takes the progress of a step; for a sound step it counts for nothing.
func (t *tracker) step(s editor.Step, p ffmpeg.Progress) {
	if s.Frames == 0 {
		return
	}
	t.setCost(s.Name, t.cost(s, p.Frame))
}

// cost of so many frames of a step.
func (t *tracker) cost(s editor.Step, frames int64) float64 {
	if s.Copied() {
		return float64(frames) * t.frame * costCopied
	}
	return float64(frames) * t.frame
}

// copied ends a segment of packets.
func (t *tracker) copied(s editor.Step) {
	t.setCost(s.Name, t.cost(s, s.Frames))
	t.mu.Lock()
	defer t.mu.Unlock()
	t.copies[s.Name] = true
}

// wasCopied says whether a segment is made of packets in the end: one that
// could not be was encoded instead.
func (t *tracker) wasCopied(s editor.Step) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.copies[s.Name]
}

// copiedFrames is how much of the film was copied in the end.
func (t *tracker) copiedFrames(p *editor.Plan) (n int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, piece := range p.Reel {
		if s := p.Pictures[piece.Picture]; t.copies[s.Name] {
			n += s.Frames * piece.Times
		}
	}
	return n
}

// made and reused end a picture segment.
func (t *tracker) made(s editor.Step) {
	t.setCost(s.Name, t.cost(s, s.Frames))
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rendered++
}

func (t *tracker) reused(s editor.Step) {
	t.setCost(s.Name, t.cost(s, s.Frames))
	t.mu.Lock()
	defer t.mu.Unlock()
	t.reuse++
	t.spared += float64(s.Frames) * t.frame
}

// encodedSound takes the progress of an encoder that makes all of the sound.
func (t *tracker) encodedSound(p ffmpeg.Progress) {
	done := (decodeShare + (1-decodeShare)*p.Time.Seconds()/t.length) * t.sound
	t.setCost("", min(done, t.sound))
}

// soundAdd tells that another share of the sound is done.
func (t *tracker) soundAdd(share float64) {
	t.mu.Lock()
	t.heard += share * t.sound
	cost := min(t.heard, t.sound)
	t.mu.Unlock()
	t.setCost("", cost)
}

// soundKept tells how many samples were copied, and keptSound how many were.
func (t *tracker) soundKept(samples int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept = samples
}

func (t *tracker) keptSound() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.kept
}

func (t *tracker) soundDone() { t.setCost("", t.sound) }

// joined takes the progress of the joining of so many frames.
func (t *tracker) joined(p ffmpeg.Progress, frames int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.advance(1 - costCheck - costJoin*(1-float64(p.Frame)/float64(frames)))
	t.tell(false)
}

// counts are the picture segments made and reused.
func (t *tracker) counts() (made, reused int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.rendered, t.reuse
}

func (t *tracker) setCost(name string, cost float64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.steps[name] = cost
	var done float64
	for _, c := range t.steps {
		done += c
	}
	if t.total > 0 {
		t.advance(min(1, done/t.total) * (1 - costJoin - costCheck))
	}
	t.tell(false)
}

// advance never goes back.
func (t *tracker) advance(fraction float64) {
	t.last.Fraction = max(t.last.Fraction, min(1, fraction))
}

// tell reports, unless it did a moment ago.
func (t *tracker) tell(always bool) {
	now := t.now()
	if !always && now.Sub(t.told) < quietest {
		return
	}
	t.told = now
	t.last.Left, t.last.Speed = t.left(now), t.speed(now)
	t.report(t.last)
}

// worked is the fraction of the whole that was really worked: what the cache
// spared took no time and tells nothing about the rest.
func (t *tracker) worked() float64 {
	if t.total <= 0 {
		return t.last.Fraction
	}
	return t.last.Fraction - t.spared/t.total*(1-costJoin-costCheck)
}

func (t *tracker) speed(now time.Time) float64 {
	took := now.Sub(t.begun).Seconds()
	if took < 1 || t.worked() < 0.005 {
		return 0
	}
	return t.worked() * t.length / took
}

// left is estimated from what was really worked.
func (t *tracker) left(now time.Time) time.Duration {
	if t.last.Fraction >= 1 {
		return 0
	}
	worked := t.worked()
	if worked < 0.02 {
		return -1
	}
	return time.Duration(float64(now.Sub(t.begun)) / worked * (1 - t.last.Fraction))
}
