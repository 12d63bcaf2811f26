package rendezvous

import "github.com/prometheus/client_golang/prometheus"

// gauges are read from the hub when they are asked for.
type gauges struct{ hub *hub }

var (
	gaugeConnections = prometheus.NewDesc("parley_connections", "Connections of programs and pages.", nil, nil)
	gaugeSlots       = prometheus.NewDesc("parley_slots", "Slots that hosts keep open.", []string{"space"}, nil)
	gaugeSessions    = prometheus.NewDesc("parley_sessions", "Sessions of hosts at this server.", []string{"space"}, nil)
	gaugeRelayBytes  = prometheus.NewDesc("parley_space_relay_bytes_today", "Bytes that the server's relay passed on for a space today.", []string{"space"}, nil)
	gaugeWaiting     = prometheus.NewDesc("parley_waiting", "Guests who wait for their host.", nil, nil)
	gaugeAway        = prometheus.NewDesc("parley_going_away", "1 while the server waits for its last calls to end.", nil, nil)
)

// Describe satisfies prometheus.Collector.
func (gauges) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{gaugeConnections, gaugeSlots, gaugeSessions, gaugeRelayBytes, gaugeWaiting, gaugeAway} {
		to <- d
	}
}

// Collect satisfies prometheus.Collector.
func (g gauges) Collect(to chan<- prometheus.Metric) {
	var all []prometheus.Metric
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		all = append(all, prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...))
	}
	g.hub.do(func(t *turn) {
		gauge(gaugeConnections, float64(t.ledger.connections))
		gauge(gaugeWaiting, float64(t.waiting()))
		away := 0.0
		if t.away {
			away = 1
		}
		gauge(gaugeAway, away)
		for name, a := range t.ledger.bySpace {
			gauge(gaugeSlots, float64(a.slots), name)
			gauge(gaugeSessions, float64(a.sessions), name)
			gauge(gaugeRelayBytes, float64(t.config.Relayed(name)), name)
		}
	})
	for _, m := range all {
		to <- m
	}
}

func (t *turn) waiting() (n int) {
	for _, v := range t.visits {
		if v.state == waiting {
			n++
		}
	}
	return n
}
