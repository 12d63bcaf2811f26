package editui

import (
	"errors"
	"strings"
	"testing"
)

// The panel says where the preview plays music otherwise than the film will.
func TestThePanelTellsWhereMusicIsNotDucked(t *testing.T) {
	x := newTheatre(t)
	for _, tt := range []struct {
		s    Playing
		want string
	}{
		{Playing{Listening: true}, "finding out where somebody speaks"},
		{Playing{Unducked: errors.New("the file is gone")}, "in the film it is. The file is gone."},
		{Playing{}, ""},
	} {
		tt.s.Moves = x.view.deck.moves
		x.player.told(tt.s)
		x.hops.wait(t, tt.want, func() bool {
			got := x.presenter.Model().Panel.Film.Ducked
			return strings.Contains(got.String(), tt.want) && (tt.want != "") != got.IsZero()
		})
	}
}
