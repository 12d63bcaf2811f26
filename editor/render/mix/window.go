package mix

// window is the least of the values in a window that moves along.
type window struct {
	length int   // of the window, beside the value that it stands at
	next   int   // the first value that has not been seen
	rising []int // of those seen: each is the least from there to the end
}

// at is the least of values[i] to values[i+length]; i never goes back.
func (w *window) at(i int, values []float32) float32 {
	for ; w.next <= i+w.length; w.next++ {
		for n := len(w.rising); n > 0 && values[w.rising[n-1]] >= values[w.next]; n-- {
			w.rising = w.rising[:n-1]
		}
		w.rising = append(w.rising, w.next)
	}
	for w.rising[0] < i {
		w.rising = w.rising[1:]
	}
	return values[w.rising[0]]
}

// forget counts the values anew, n of which are gone.
func (w *window) forget(n int) {
	w.next -= n
	kept := make([]int, 0, len(w.rising))
	for _, i := range w.rising {
		if i >= n {
			kept = append(kept, i-n)
		}
	}
	w.rising = kept
}

// average is the mean of the last values.
type average struct {
	values []float32
	at     int
	sum    float64
	ones   int // values in a row that were 1: then the sum is made exact
}

func newAverage(n int) average { return average{values: make([]float32, n)} }

// fill makes all the last values v.
func (a *average) fill(v float32) {
	for i := range a.values {
		a.values[i] = v
	}
	a.sum, a.ones = float64(v)*float64(len(a.values)), 0
}

// next takes a value and gives the mean of the last ones.
func (a *average) next(v float32) float32 {
	a.sum += float64(v) - float64(a.values[a.at])
	a.values[a.at] = v
	a.at = (a.at + 1) % len(a.values)
	if a.ones++; v != 1 {
		a.ones = 0
	}
	if a.ones >= len(a.values) {
		a.sum = float64(len(a.values))
	}
	return float32(a.sum / float64(len(a.values)))
}
