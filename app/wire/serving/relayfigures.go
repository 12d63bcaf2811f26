package serving

import (
	"github.com/prometheus/client_golang/prometheus"

	"parley/call/rendezvous/relay"
)

// relayFigures counts what the relay does, for Prometheus. A space is told from
// another, and nobody in it.
type relayFigures struct {
	open    *prometheus.GaugeVec
	opened  *prometheus.CounterVec
	bytes   *prometheus.CounterVec
	refused *prometheus.CounterVec
}

func newRelayFigures() *relayFigures {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "parley_relay_" + name, Help: help}, labels)
	}
	return &relayFigures{
		open: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "parley_relay_allocations", Help: "Relayed addresses that there are.",
		}, []string{"space"}),
		opened:  counter("allocations_total", "Relayed addresses that were given out.", "space"),
		bytes:   counter("bytes_total", "Bytes that were relayed, of both directions.", "space"),
		refused: counter("refused_total", "What the relay refused or dropped, by the limit that was met.", "space", "reason"),
	}
}

// watch has the relay tell them.
func (f *relayFigures) watch() relay.Watch {
	return relay.Watch{
		Opened: func(space string) {
			f.open.WithLabelValues(space).Inc()
			f.opened.WithLabelValues(space).Inc()
		},
		Closed:  func(space string) { f.open.WithLabelValues(space).Dec() },
		Relayed: func(space string, n int) { f.bytes.WithLabelValues(space).Add(float64(n)) },
		Refused: func(space string, why relay.Refusal) { f.refused.WithLabelValues(space, string(why)).Inc() },
	}
}

func (f *relayFigures) all() []prometheus.Collector {
	return []prometheus.Collector{f.open, f.opened, f.bytes, f.refused}
}

// Describe satisfies prometheus.Collector.
func (f *relayFigures) Describe(to chan<- *prometheus.Desc) {
	for _, c := range f.all() {
		c.Describe(to)
	}
}

// Collect satisfies prometheus.Collector.
func (f *relayFigures) Collect(to chan<- prometheus.Metric) {
	for _, c := range f.all() {
		c.Collect(to)
	}
}
