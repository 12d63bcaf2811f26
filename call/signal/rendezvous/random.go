package rendezvous

import "math/rand/v2"

// random spreads what would otherwise happen at once; nothing secret hangs on it.
func random() float64 { return rand.Float64() }
