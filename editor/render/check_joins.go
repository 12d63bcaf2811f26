package render

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// joinsAtOnce is how many joins one run decodes, and joinsInAll how many are
// decoded; of more, some all over the film are.
const (
	joinsAtOnce = 4
	joinsInAll  = 48
)

// joinLooks enter the film before each place where two of its pieces meet and
// decode over it, as a player does that jumps there; any complaint of the
// decoder's is a failure.
func joinLooks(tools *ffmpeg.Tools, path string, plan *editor.Plan) []look {
	if plan.Output.Format == editor.GIF {
		return nil // its pieces are joined before it is made
	}
	var all []look
	for some := range slices.Chunk(thinned(joins(plan), joinsInAll), joinsAtOnce) {
		all = append(all, func(ctx context.Context) error { return checkSomeJoins(ctx, tools, path, plan, some) })
	}
	return all
}

func checkSomeJoins(ctx context.Context, tools *ffmpeg.Tools, path string, plan *editor.Plan, some []int64) error {
	var args []string
	if plan.Copied() == 0 {
		// What is copied may speak of pictures before the place where it is
		// entered, as open groups do; players take no offence.
		args = append(args, "-xerror", "-err_detect", "explode")
	}
	for _, frame := range some {
		at := editor.Frames(max(0, frame-3), plan.Output.Rate)
		args = append(args, "-ss", at.String(), "-i", ffmpeg.InputArg(path))
	}
	for i := range some {
		args = append(args, "-map", strconv.Itoa(i)+":v", "-frames:v", "8", "-f", "null", "-")
	}
	if err := tools.Run(ctx, ffmpeg.Command{Op: "decoding the film where its pieces meet", Args: args}); err != nil {
		return fmt.Errorf("near %s s: %w", editor.Frames(some[0], plan.Output.Rate), err)
	}
	return nil
}

// joins are the frames at which a piece of the reel begins, but for the first.
func joins(p *editor.Plan) []int64 {
	var all []int64
	var first int64
	for _, piece := range p.Reel {
		if first > 0 {
			all = append(all, first)
		}
		first += p.Pictures[piece.Picture].Frames * piece.Times
	}
	return all
}

// thinned are at most n of some frames, evenly.
func thinned(all []int64, n int) []int64 {
	if len(all) <= n {
		return all
	}
	some := make([]int64, n)
	for i := range some {
		some[i] = all[i*len(all)/n]
	}
	return some
}
