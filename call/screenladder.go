package call

// screenRates are the pictures a second of a shared screen by its bit rate: what
// a thin rate cannot carry is movement, never sharpness.
var screenRates = [...]struct {
	least int // bit/s
	fps   float64
}{{1_200_000, 15}, {700_000, 10}, {300_000, 5}, {0, 2}}

// screenMost bounds the picture of a shared screen.
var screenMost = rung{width: 2560, height: 1440}

// screenManner is how to send a screen: in its own size, as many pictures a
// second as rate and machine allow.
func screenManner(width, height, rate, effort int) manner {
	m := manner{limit: NoLimit}
	m.width, m.height = fit(width, height, screenMost)
	for i, r := range screenRates {
		if rate < r.least {
			continue
		}
		m.fps = r.fps
		if i > 0 {
			m.limit = ByNetwork
		}
		break
	}
	for range effort {
		if half := m.fps / 2; half >= screenRates[len(screenRates)-1].fps {
			m.fps, m.limit = half, ByCPU
		}
	}
	return m
}
