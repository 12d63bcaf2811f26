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
	for _, rate := range []float64{100e3, 300e3, 1e6, 5e6, 20e6} {
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
		if p95 > 100*ms {
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
