package ffmpeg

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestUnpausedWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		why := errors.New("given up")
		ctx, cancel := context.WithCancelCause(t.Context())
		var p Pause
		held := Pausable(ctx, &p)
		if err := Unpaused(held); err != nil {
			t.Fatal(err)
		}
		p.Hold()
		p.Hold() // twice is once
		said := make(chan error, 1)
		go func() { said <- Unpaused(held) }()
		synctest.Wait()
		select {
		case err := <-said:
			t.Fatalf("it does not wait: %v", err)
		default:
		}
		p.Release()
		p.Release()
		if err := <-said; err != nil || p.Held() {
			t.Errorf("released: %v, held %v", err, p.Held())
		}
		p.Hold()
		go func() { said <- Unpaused(held) }()
		cancel(why)
		if err := <-said; !errors.Is(err, why) {
			t.Errorf("cancelled: %v", err)
		}
	})
}

func TestTheClockStandsStillWhileHeld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p Pause
		now := Worked(Pausable(t.Context(), &p))
		began := now()
		for range 3 {
			time.Sleep(time.Second)
			p.Hold()
			time.Sleep(time.Hour)
			if got := now().Sub(began) % time.Second; got != 0 {
				t.Errorf("while held it runs: %v", got)
			}
			p.Release()
		}
		if got := now().Sub(began); got != 3*time.Second {
			t.Errorf("3 s were worked, and the clock says %v", got)
		}
	})
}

func TestNothingStartsWhileHeld(t *testing.T) {
	why := errors.New("given up")
	ctx, cancel := context.WithCancelCause(t.Context())
	var p Pause
	p.Hold()
	said := make(chan error, 1)
	go func() { said <- found(t).Run(Pausable(ctx, &p), Command{Args: endless}) }()
	cancel(why)
	if err := <-said; !errors.Is(err, why) {
		t.Errorf("said %v", err)
	}
}
