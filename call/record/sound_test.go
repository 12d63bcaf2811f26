package record

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

const blockSpan = 10 * time.Millisecond

// placed feeds blocks with the times given and returns where they and the gaps
// come out.
func placed(times []time.Duration) (at []time.Duration, gaps map[int]time.Duration) {
	var l soundLine
	gaps = map[int]time.Duration{}
	pop := func() {
		b, gap := l.pop()
		if gap > 0 {
			gaps[len(at)] = gap
		}
		at = append(at, b.at)
	}
	for _, when := range times {
		l.push(&soundBlock{n: call.BlockSamples, at: when})
		if l.full() {
			pop()
		}
	}
	for l.n > 0 {
		pop()
	}
	return at, gaps
}

// blockTimesOf are the times of n blocks whose device runs ppm slow, handed
// over up to jitter late and never before the one before.
func blockTimesOf(n int, ppm int64, jitter time.Duration) []time.Duration {
	rng := rand.New(rand.NewPCG(5, 6))
	times := make([]time.Duration, n)
	for i := range times {
		when := time.Duration(i+1) * blockSpan
		times[i] = when + when*time.Duration(ppm)/1000000 + time.Duration(rng.Int64N(int64(jitter)+1))
		if i > 0 {
			times[i] = max(times[i], times[i-1])
		}
	}
	return times
}

func TestSoundLineSmoothsJitterAndFollowsDrift(t *testing.T) {
	const ppm = 145
	at, gaps := placed(blockTimesOf(100000, ppm, 8*time.Millisecond))
	if len(gaps) > 0 {
		t.Errorf("gaps that are none: %v", gaps)
	}
	for i, when := range at {
		captured := time.Duration(i) * blockSpan
		captured += captured * ppm / 1000000
		if d := (when - captured).Abs(); d > 3*time.Millisecond {
			t.Fatalf("block %d is placed %v off", i, d)
		}
		if i > 0 && (when-at[i-1]-blockSpan).Abs() > 15*time.Microsecond {
			t.Fatalf("block %d comes %v after the one before", i, when-at[i-1])
		}
	}
}

// A callback held up for 250 ms hands over 25 blocks at once; none is missing.
func TestSoundLineSeesThroughAStall(t *testing.T) {
	times := blockTimesOf(300, 0, 0)
	for i := 100; i < 125; i++ {
		times[i] = times[125]
	}
	at, gaps := placed(times)
	if len(gaps) > 0 {
		t.Errorf("gaps that are none: %v", gaps)
	}
	for i, when := range at {
		if d := (when - time.Duration(i)*blockSpan).Abs(); d > time.Millisecond {
			t.Fatalf("block %d is placed %v off", i, d)
		}
	}
}

// Blocks that the device lost are missed where they are missing.
func TestSoundLineFindsGaps(t *testing.T) {
	times := blockTimesOf(300, 0, 2*time.Millisecond)
	times = append(times[:100:100], times[101:]...) // one
	times = append(times[:200:200], times[230:]...) // thirty
	at, gaps := placed(times)
	if len(gaps) != 2 || (gaps[100]-blockSpan).Abs() > 2*time.Millisecond || (gaps[200]-30*blockSpan).Abs() > 2*time.Millisecond {
		t.Errorf("gaps %v", gaps)
	}
	if d := (at[len(at)-1] - 299*blockSpan).Abs(); d > 2*time.Millisecond {
		t.Errorf("the last block is placed %v off", d)
	}
}

// In the file silence stands for what the device lost, and what follows is in
// its place although a player only counts samples.
func TestGapsAreFilled(t *testing.T) {
	needFFmpeg(t)
	k := &talk{click: 4 * time.Second, deaf: func(at time.Duration) bool { return at > time.Second && at <= 2500*time.Millisecond }}
	dir := keep(t, nil, 5*time.Second, k)
	out := run(t, "ffmpeg", "-v", "error", "-i", dir+"/me-audio.mkv", "-f", "s16le", "-")
	if i := firstLoud(out); (i-4*call.SampleRate) > 96 || i < 4*call.SampleRate-96 {
		t.Errorf("the click is at sample %d", i)
	}
	if notes := readNotes(t, dir, "me-audio"); !strings.Contains(notes, `{"t":"gap","length_ns":1500000000,"filled":true,"elapsed_ns":1000000000}`) {
		t.Errorf("the timing file has\n%s", notes)
	}
}

// A device that was away for long leaves a jump of the time stamps.
func TestLongGapsAreNot(t *testing.T) {
	k := &talk{deaf: func(at time.Duration) bool { return at > time.Second && at <= 15*time.Second }}
	dir := keep(t, nil, 16*time.Second, k)
	if notes := readNotes(t, dir, "me-audio"); !strings.Contains(notes, `{"t":"gap","length_ns":14000000000,"filled":false,"elapsed_ns":1000000000}`) {
		t.Errorf("the timing file has\n%s", notes)
	}
	if _, blocks := clusterSpans(t, dir+"/me-audio.mkv"); blocks != 200 {
		t.Errorf("%d blocks", blocks)
	}
	if d := load(t, dir)["me-audio"].Duration; d != 16*time.Second {
		t.Errorf("it lasts %v", d)
	}
}

func TestReorder(t *testing.T) {
	for name, c := range map[string]struct {
		arrive []uint16 // one each 20 ms; 0 is none
		want   string   // sequence numbers; +n: n lost
	}{
		"in order":  {[]uint16{65534, 65535, 1, 2}, "65534 65535 +1 1 2"},
		"swapped":   {[]uint16{10, 12, 11, 13}, "10 11 12 13"},
		"twice":     {[]uint16{10, 11, 11, 10, 12}, "10 11 12"},
		"lost":      {[]uint16{10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21}, "10 +1 12 13 14 15 16 17 18 19 20 21"},
		"too late":  {[]uint16{10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 11}, "10 +1 12 13 14 15 16 17 18 19 20"},
		"jumped":    {[]uint16{10, 11, 30000, 30001}, "10 11 30000 30001"},
		"went back": {[]uint16{30000, 30001, 10, 11}, "30000 30001 10 11"},
	} {
		if got := reordered(c.arrive); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func reordered(arrive []uint16) string {
	var r reorder
	var out []string
	var p packet
	pop := func(now time.Duration, all bool) {
		for {
			lost, ok := r.pop(&p, now, all)
			if !ok {
				return
			}
			if lost > 0 {
				out = append(out, "+"+strconv.Itoa(lost))
			}
			out = append(out, string(p.data))
		}
	}
	for i, seq := range arrive {
		now := time.Duration(i) * 20 * time.Millisecond
		r.push(&packet{seq: seq, arrived: now, data: strconv.AppendInt(nil, int64(seq), 10)})
		pop(now, false)
	}
	pop(0, true)
	return strings.Join(out, " ")
}

// Blocks that were held up when the recording began make the line place the
// first of them before it; a track cannot begin before its recording.
func TestSoundHeldUpAtTheStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := New(Options{Root: t.TempDir()})
		rec, err := store.Open(call.RecordingInfo{Started: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond)
		block := make([]int16, call.BlockSamples)
		for range 3 { // a stall, let out at once: the third was heard just now
			rec.LocalSound(block, time.Now())
		}
		for range 200 {
			time.Sleep(10 * time.Millisecond)
			rec.LocalSound(block, time.Now())
		}
		if err := rec.Close(); err != nil {
			t.Fatal(err)
		}
		for _, track := range load(t, rec.Dir()) {
			if track.Offset < 0 || track.Offset > 30*time.Millisecond {
				t.Errorf("%s begins at %v", track.ID, track.Offset)
			}
		}
	})
}
