package congestion_test

import (
	"testing"
	"time"

	"parley/call/rtc/congestion"
)

const ms = time.Millisecond

func limits(most int) congestion.Config {
	cfg := congestion.Defaults()
	cfg.Max = most
	return cfg
}

func TestCleanLink(t *testing.T) {
	w := newWorld(path{rate: steady(100e6), queue: 100 * ms, delay: 1 * ms})
	f := w.addFlow(limits(3_000_000), 0)
	w.run(10*time.Second, trace(t, w, 500*ms))
	took := f.reached(2_750_000, 0)
	t.Logf("2.5 Mbit/s of picture after %v, padding %d bytes", took, f.padding)
	if took > 1500*ms {
		t.Error("too slow")
	}
	if got := f.c.Target(); got.LimitedBy != congestion.ByNothing || got.Video < 2_500_000 {
		t.Errorf("%+v", got)
	}
}

func TestSlowLink(t *testing.T) {
	for _, rate := range []float64{300e3, 1e6, 5e6, 20e6} {
		w := newWorld(path{rate: steady(rate), queue: 300 * ms, delay: 25 * ms})
		f := w.addFlow(limits(25_000_000), 0)
		w.run(60*time.Second, trace(t, w, 5*time.Second))
		share := f.mean(20*time.Second, 60*time.Second) / rate
		p95 := w.quantile(10*time.Second, 60*time.Second, 0.95)
		start := w.quantile(0, 5*time.Second, 1)
		t.Logf("%5.0f k: rate %.0f %% of it, queue p50 %v p95 %v, at most %v in the first 5 s", rate/1000, 100*share,
			w.quantile(10*time.Second, 60*time.Second, 0.5), p95, start)
		if share < 0.75 || share > 1.03 {
			t.Errorf("%.0f k: not near what there is", rate/1000)
		}
		packet := time.Duration(1200 * 8 / rate * float64(time.Second))
		if p95 > 80*ms+2*packet {
			t.Errorf("%.0f k: long queue", rate/1000)
		}
	}
}

func TestRandomLoss(t *testing.T) {
	for _, loss := range []float64{0.05, 0.1, 0.2} {
		w := newWorld(path{rate: steady(100e6), queue: 100 * ms, delay: 25 * ms, loss: loss})
		f := w.addFlow(limits(3_000_000), 0)
		w.run(60*time.Second, trace(t, w, time.Second))
		t.Logf("loss %.0f %%: max after %v, mean %.0f k from 5 s on", 100*loss, f.reached(2_900_000, 0), f.mean(5*time.Second, 60*time.Second)/1000)
		if f.mean(5*time.Second, 60*time.Second) < 0.8*3e6 {
			t.Errorf("loss %.0f %% was taken for congestion", 100*loss)
		}
	}
}

func TestBurstyLossOnASlowLink(t *testing.T) {
	w := newWorld(path{rate: steady(300e3), queue: 300 * ms, delay: 25 * ms, loss: 0.05, burst: 3})
	f := w.addFlow(limits(3_000_000), 0)
	w.run(60*time.Second, trace(t, w, time.Second))
	mean := f.mean(10*time.Second, 60*time.Second)
	p95 := w.quantile(10*time.Second, 60*time.Second, 0.95)
	t.Logf("mean %.0f k, queue p95 %v", mean/1000, p95)
	if mean < 0.7*300e3 || mean > 310e3 || p95 > 120*ms {
		t.Error("not near what there is")
	}
}

func TestFallAndRise(t *testing.T) {
	w := newWorld(path{queue: 2 * time.Second, delay: 25 * ms, rate: func(at time.Duration) float64 {
		if at > 20*time.Second && at <= 30*time.Second {
			return 500e3
		}
		return 5e6
	}})
	f := w.addFlow(limits(4_000_000), 0)
	w.run(19500*ms, trace(t, w, time.Second))
	w.run(23*time.Second, trace(t, w, 50*ms))
	w.run(40*time.Second, trace(t, w, 200*ms))
	before := f.mean(10*time.Second, 20*time.Second)
	longest := w.quantile(20*time.Second, 22*time.Second, 1)
	after := w.quantile(22*time.Second, 30*time.Second, 1)
	low := f.mean(23*time.Second, 30*time.Second)
	back := f.reached(0.8*before, 30*time.Second)
	t.Logf("before %.0f k; queue at most %v, after 2 s %v; low %.0f k; back after %v", before/1000, longest, after, low/1000, back)
	if before < 3.5e6 || after > 300*ms || low < 0.7*500e3 || low > 510e3 || back > 3*time.Second {
		t.Error("out of bounds")
	}
}

func TestJitter(t *testing.T) {
	w := newWorld(path{rate: steady(300e3), queue: 500 * ms, delay: 250 * ms, jitter: 100 * ms, loss: 0.25, burst: 3})
	f := w.addFlow(limits(3_000_000), 0)
	w.run(60*time.Second, trace(t, w, time.Second))
	mean := f.mean(10*time.Second, 60*time.Second)
	p95 := w.quantile(10*time.Second, 60*time.Second, 0.95)
	t.Logf("mean %.0f k, queue p50 %v p95 %v", mean/1000, w.quantile(10*time.Second, 60*time.Second, 0.5), p95)
	if mean < 0.6*300e3 || mean > 320e3 || p95 > 200*ms {
		t.Error("not near what there is")
	}
}

func TestTwoFlows(t *testing.T) {
	w := newWorld(path{rate: steady(3e6), queue: 300 * ms, delay: 25 * ms})
	a := w.addFlow(limits(5_000_000), 0)
	b := w.addFlow(limits(5_000_000), 10*time.Second)
	w.run(90*time.Second, trace(t, w, 5*time.Second))
	ra, rb := a.mean(40*time.Second, 90*time.Second), b.mean(40*time.Second, 90*time.Second)
	p95 := w.quantile(20*time.Second, 90*time.Second, 0.95)
	t.Logf("first %.0f k, second %.0f k, queue p95 %v", ra/1000, rb/1000, p95)
	if ra/rb > 2.5 || rb/ra > 2.5 || ra+rb < 0.75*3e6 || p95 > 150*ms {
		t.Error("not shared")
	}
}

func TestCrossTraffic(t *testing.T) {
	w := newWorld(path{rate: steady(2e6), queue: 300 * ms, delay: 25 * ms})
	f := w.addFlow(limits(3_000_000), 0)
	w.cross = func(at time.Duration) float64 {
		if at > 20*time.Second && at < 40*time.Second {
			return 1.2e6
		}
		return 0
	}
	w.run(60*time.Second, trace(t, w, time.Second))
	with, without := f.mean(25*time.Second, 40*time.Second), f.mean(45*time.Second, 60*time.Second)
	p95 := w.quantile(22*time.Second, 40*time.Second, 0.95)
	t.Logf("with %.0f k, after %.0f k, queue p95 %v", with/1000, without/1000, p95)
	if with < 0.6*0.8e6 || with > 0.85e6 || without < 0.75*2e6 || p95 > 150*ms {
		t.Error("not yielding, or not coming back")
	}
}

func TestShallowQueue(t *testing.T) {
	w := newWorld(path{rate: steady(1e6), queue: 22 * ms, delay: 25 * ms})
	f := w.addFlow(limits(3_000_000), 0)
	w.run(60*time.Second, trace(t, w, time.Second))
	mean := f.mean(10*time.Second, 60*time.Second)
	t.Logf("mean %.0f k, lost %.1f %%", mean/1000, 100*w.dropShare())
	if mean < 0.6*1e6 || mean > 1.1e6 || w.dropShare() > 0.05 {
		t.Error("loss that the rate causes was not seen")
	}
}

func TestFeedbackLoss(t *testing.T) {
	w := newWorld(path{rate: steady(2e6), queue: 300 * ms, delay: 25 * ms, deaf: 0.3})
	f := w.addFlow(limits(4_000_000), 0)
	w.run(60*time.Second, trace(t, w, time.Second))
	mean, p95 := f.mean(10*time.Second, 60*time.Second), w.quantile(10*time.Second, 60*time.Second, 0.95)
	t.Logf("mean %.0f k, queue p95 %v", mean/1000, p95)
	if mean < 0.7*2e6 || mean > 2.1e6 || p95 > 130*ms {
		t.Error("not near what there is")
	}
}

// What a lost feedback would have told is taken as arrived.
func TestReceivedBridgesLostFeedback(t *testing.T) {
	w := newWorld(path{rate: steady(100e6), queue: 300 * ms, delay: 25 * ms, deaf: 0.3})
	f := w.addFlow(limits(3_000_000), 0)
	low := 0
	w.run(20*time.Second, func(at time.Duration) {
		if at > 3*time.Second && f.c.Target().Received < 2_200_000 {
			low++
		}
	})
	t.Logf("%d of 1700 moments at less than 2.2 of 2.9 Mbit/s", low)
	if low > 85 {
		t.Error("lost feedback is taken for lost packets")
	}
}

func TestCut(t *testing.T) {
	w := newWorld(path{rate: steady(100e6), queue: 100 * ms, delay: 25 * ms, cutFrom: 10 * time.Second, cutTo: 15 * time.Second})
	f := w.addFlow(limits(3_000_000), 0)
	w.run(20*time.Second, trace(t, w, 250*ms))
	during, back := f.mean(12*time.Second, 15*time.Second), f.reached(2_800_000, 15*time.Second)
	t.Logf("during %.0f k, back after %v", during/1000, back)
	if during > 300e3 || back > time.Second {
		t.Error("filling a cut, or slow to return")
	}
}

func TestLongerWay(t *testing.T) {
	p := path{rate: steady(5e6), queue: 300 * ms, delay: 25 * ms}
	w := newWorld(p)
	f := w.addFlow(limits(3_000_000), 0)
	w.run(15*time.Second, nil)
	w.path.delay = 100 * ms
	w.run(30*time.Second, trace(t, w, 250*ms))
	back := f.reached(2_800_000, 16*time.Second)
	t.Logf("back %v after the change", time.Second+back)
	if back > 7*time.Second {
		t.Error("a longer way is taken for a queue")
	}
}

func TestApplicationLimited(t *testing.T) {
	w := newWorld(path{rate: steady(1e6), queue: 500 * ms, delay: 25 * ms})
	f := w.addFlow(limits(5_000_000), 0)
	f.most = func(at time.Duration) int {
		if at < 30*time.Second {
			return 150_000
		}
		return 5_000_000
	}
	w.run(40*time.Second, trace(t, w, time.Second))
	idle, longest := f.mean(10*time.Second, 30*time.Second), w.quantile(30*time.Second, 32*time.Second, 1)
	t.Logf("while little is sent %.0f k; then queue at most %v", idle/1000, longest)
	if idle > 1.1e6 {
		t.Error("it grew without evidence")
	}
	if longest > 200*ms {
		t.Error("it did not know the path when there was something to send")
	}
}

func TestAudioOnly(t *testing.T) {
	w := newWorld(path{queue: 300 * ms, delay: 25 * ms, rate: func(at time.Duration) float64 {
		if at > 10*time.Second && at < 40*time.Second {
			return 85e3
		}
		return 2e6
	}})
	f := w.addFlow(limits(3_000_000), 0)
	shown, back := 0, time.Duration(0)
	var way []time.Duration
	w.run(60*time.Second, func(at time.Duration) {
		switch {
		case at == 15*time.Second || at == 40*time.Second:
			f.audioWay = f.audioWay[:0]
		case at == 39990*ms:
			way = append(way, f.audioWay...)
		}
		if at > 15*time.Second && at < 40*time.Second && f.c.Target().Video > 0 {
			shown++
		}
		if back == 0 && at > 40*time.Second && f.c.Target().Video >= 1_000_000 {
			back = at - 40*time.Second
		}
		trace(t, w, time.Second)(at)
	})
	t.Logf("picture in %d of 2500 moments at 85 k; sound's way p95 %v; 1 Mbit/s of picture again after %v", shown, quantile(way, 0.95), back)
	if shown > 800 || quantile(way, 0.95) > 150*ms || back == 0 || back > 8*time.Second {
		t.Error("out of bounds")
	}
}

func TestVerySlow(t *testing.T) {
	w := newWorld(path{rate: steady(40e3), queue: time.Second, delay: 50 * ms})
	f := w.addFlow(limits(3_000_000), 0)
	w.run(60*time.Second, trace(t, w, time.Second))
	p95 := w.quantile(20*time.Second, 60*time.Second, 0.95)
	t.Logf("mean %.0f k, queue p95 %v, sound at %d", f.mean(20*time.Second, 60*time.Second)/1000, p95, f.c.Target().Audio)
	if p95 > 400*ms {
		t.Error("sound waits")
	}
}

// Pictures are sent more than once where asking again takes long and much is
// lost, within the rate; nowhere else, and not where they would get too thin.
func TestCopies(t *testing.T) {
	for _, v := range []struct {
		path path
		want int
	}{
		{path{rate: steady(400e3), queue: 300 * ms, delay: 150 * ms, loss: 0.2, burst: 3}, 2},
		{path{rate: steady(400e3), queue: 300 * ms, delay: 150 * ms, loss: 0.05}, 1},
		{path{rate: steady(400e3), queue: 300 * ms, delay: 150 * ms}, 0},
		{path{rate: steady(400e3), queue: 300 * ms, delay: 25 * ms, loss: 0.2}, 0},
		{path{rate: steady(20e6), queue: 300 * ms, delay: 25 * ms, loss: 0.2}, 2},
		{path{rate: steady(20e6), queue: 300 * ms, delay: 25 * ms, loss: 0.1}, 1},
		{path{rate: steady(20e6), queue: 300 * ms, delay: 25 * ms, loss: 0.05}, 0},
		{path{rate: steady(160e3), queue: 300 * ms, delay: 150 * ms, loss: 0.2}, 0},
	} {
		w := newWorld(v.path)
		f := w.addFlow(limits(5_000_000), 0)
		counts := map[int]int{}
		w.run(40*time.Second, func(at time.Duration) {
			if at > 10*time.Second {
				counts[f.c.Target().Copies]++
			}
		})
		p95, rate := w.quantile(10*time.Second, 40*time.Second, 0.95), v.path.rate(0)
		share := f.mean(10*time.Second, 40*time.Second) / rate
		t.Logf("%3.0f k, %v, loss %.2f: moments with so many copies %v; rate %.0f %%, queue p95 %v", rate/1000, v.path.delay, v.path.loss, counts, 100*share, p95)
		if counts[v.want] < 2200 {
			t.Errorf("not %d copies most of the time", v.want)
		}
		if share > 1.05 || p95 > 200*ms {
			t.Error("the copies go beyond what there is")
		}
	}
}
