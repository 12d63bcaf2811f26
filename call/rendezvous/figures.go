package rendezvous

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"parley/call"
)

// figures counts what happens, for Prometheus. None of them tells one person
// from another.
type figures struct {
	registry  *prometheus.Registry
	frames    *prometheus.CounterVec
	bytes     prometheus.Counter
	refusals  *prometheus.CounterVec
	joins     prometheus.Counter
	setUps    prometheus.Histogram
	slowReads prometheus.Counter
	troubles  prometheus.Counter
}

func newFigures() *figures {
	counter := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Name: "parley_" + name, Help: help})
	}
	by := func(name, help, label string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "parley_" + name, Help: help}, []string{label})
	}
	f := &figures{
		registry:  prometheus.NewRegistry(),
		frames:    by("frames_relayed_total", "Sealed frames that were passed on.", "type"),
		bytes:     counter("frame_bytes_relayed_total", "Bytes of their bodies."),
		refusals:  by("refused_total", "What was refused, by the reason that was told.", "reason"),
		joins:     counter("joined_total", "Guests who met their host."),
		slowReads: counter("slow_readers_total", "Connections that were cut off because they did not read."),
		troubles:  counter("bus_errors_total", "Notes that the other servers were not told."),
		setUps: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "parley_setup_seconds", Help: "From joining to the guest's ok for the answer: how long people ring.",
			Buckets: []float64{0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 40},
		}),
	}
	f.registry.MustRegister(f.frames, f.bytes, f.refusals, f.joins, f.slowReads, f.troubles, f.setUps,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return f
}

func (f *figures) refused(reason call.FrameReason) { f.refusals.WithLabelValues(string(reason)).Inc() }
func (f *figures) joined()                         { f.joins.Inc() }
func (f *figures) slow()                           { f.slowReads.Inc() }
func (f *figures) trouble()                        { f.troubles.Inc() }
func (f *figures) setUp(took time.Duration)        { f.setUps.Observe(took.Seconds()) }

func (f *figures) relayed(t call.FrameType, n int) {
	f.frames.WithLabelValues(string(t)).Inc()
	f.bytes.Add(float64(n))
}

// Metrics serves the figures. It has no place on the listener of guests.
func (s *Server) Metrics() http.Handler {
	return promhttp.HandlerFor(s.figure.registry, promhttp.HandlerOpts{Registry: s.figure.registry})
}

// Register adds figures of what works beside the server (a relay).
func (s *Server) Register(c prometheus.Collector) error { return s.figure.registry.Register(c) }
