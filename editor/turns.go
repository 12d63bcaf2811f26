package editor

// Turn is a part of a call during which one side speaks.
type Turn struct {
	Stretch
	Who Party // Me, Them, or Both
}

// Both is the side of a turn in which the two talk at once.
const Both Party = "both"

// Times of the taking of turns.
var (
	turnWindow = Rational(6, 10) // in which it is judged who speaks
	leastTurn  = Rational(3, 2)  // what is shorter is a word thrown in
	turnAhead  = Rational(1, 5)  // by which a turn begins before its first word
)

// clearlyLouder is by how much one side has to be louder, against how loud it
// usually speaks, for a noise of the other not to count.
const clearlyLouder = 9.0

// Turns says who speaks when, given how loud each side is in dB below full
// scale, one value a step. The turns follow each other without gaps from time
// 0 to the end: in a pause it is still the turn of who spoke last. Words
// thrown in do not take the turn. Where nobody ever speaks there are none.
func Turns(me, them []float64, step Time) []Turn {
	n := max(len(me), len(them))
	if step.Cmp(Time{}) <= 0 || n == 0 {
		return nil
	}
	in := func(t Time) int {
		return max(1, int(t.FrameRound(Ratio{step.Den(), step.Num()})))
	}
	who := speaking(talk(me, n), talk(them, n), in(turnWindow))
	if who == nil {
		return nil
	}
	runs := settled(runsOf(who), in(leastTurn))
	return turnsOf(runs, in(turnAhead), n, step)
}

// talk is how loud one side speaks against the loudest that it does, n values
// in dB; SilentLevel where it does not.
func talk(db []float64, n int) []float64 {
	floor, loud := hearing(db), loudest(db)
	talk := make([]float64, n)
	for i := range talk {
		talk[i] = SilentLevel
		if i < len(db) && db[i] >= floor {
			talk[i] = max(db[i]-loud, SilentLevel+1)
		}
	}
	return talk
}

// speaking says for each step who speaks, judged by the window around it. In
// a pause that is who spoke last, and at the beginning who speaks first; nil
// if nobody does.
func speaking(me, them []float64, window int) []Party {
	who := make([]Party, len(me))
	var last Party
	first := -1
	for i := range who {
		from, to := max(0, i-window/2), min(len(me), i+window/2+1)
		if now := judge(me[from:to], them[from:to]); now != "" {
			last = now
			if first < 0 {
				first = i
			}
		}
		who[i] = last
	}
	if first < 0 {
		return nil
	}
	for i := range first {
		who[i] = who[first]
	}
	return who
}

// judge says who speaks in a window: who does so for a good part of it, and
// not much more quietly than the other. Empty: nobody.
func judge(me, them []float64) Party {
	mine, myMean := voiced(me)
	theirs, theirMean := voiced(them)
	enough := max(1, len(me)/4)
	switch i, they := mine >= enough, theirs >= enough; {
	case !i && !they:
		return ""
	case i && (!they || myMean > theirMean+clearlyLouder):
		return Me
	case they && (!i || theirMean > myMean+clearlyLouder):
		return Them
	}
	return Both
}

// voiced counts the values at which one side speaks, and gives their mean.
func voiced(talk []float64) (n int, mean float64) {
	for _, v := range talk {
		if v > SilentLevel {
			n++
			mean += v
		}
	}
	if n > 0 {
		mean /= float64(n)
	}
	return n, mean
}

// run is steps in a row in which the same side speaks.
type run struct {
	who    Party
	length int
}

func runsOf(who []Party) []run {
	var runs []run
	for _, w := range who {
		runs = appendRun(runs, run{w, 1})
	}
	return runs
}

func appendRun(runs []run, r run) []run {
	if n := len(runs); n > 0 && runs[n-1].who == r.who {
		runs[n-1].length += r.length
		return runs
	}
	return append(runs, r)
}

// settled gives what is shorter than least to the turn before it, and to the
// one behind it at the beginning.
func settled(runs []run, least int) []run {
	var kept []run
	var early int
	for _, r := range runs {
		switch {
		case r.length >= least || len(runs) == 1:
			r.length += early
			early = 0
			kept = appendRun(kept, r)
		case len(kept) == 0:
			early += r.length
		default:
			kept[len(kept)-1].length += r.length
		}
	}
	if len(kept) == 0 { // nobody has the word for long
		return []run{{Both, early}}
	}
	return kept
}

// turnsOf are the runs in time, each a little earlier than it was heard.
func turnsOf(runs []run, ahead, n int, step Time) []Turn {
	at := func(i int) Time { return step.Mul(Ratio{int64(i), 1}) }
	var turns []Turn
	end := 0
	for i, r := range runs {
		from := max(0, end-ahead)
		end += r.length
		to := end - ahead
		if i == len(runs)-1 {
			to = n
		}
		if i == 0 {
			from = 0
		}
		turns = append(turns, Turn{Stretch{at(from), at(to)}, r.who})
	}
	return turns
}
