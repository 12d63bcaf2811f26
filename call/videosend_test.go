package call

import (
	"testing"
	"testing/synctest"
	"time"
)

// What cannot leave yet is not encoded, and what leaves afterwards is new.
func TestPicturesAreLeftOutBeforeTheEncoder(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseCamera("a"))
		out := &track{}
		s.media.SendVideo(out)
		time.Sleep(time.Second)
		synctest.Wait()
		out.setBehind(true)
		before := s.media.Stats().Sent
		time.Sleep(time.Second)
		synctest.Wait()
		after := s.media.Stats().Sent
		if after.Encoded != before.Encoded || after.Skipped < before.Skipped+28 {
			t.Errorf("behind: %d encoded, %d skipped", after.Encoded-before.Encoded, after.Skipped-before.Skipped)
		}
		out.setBehind(false)
		time.Sleep(100 * time.Millisecond)
		synctest.Wait()
		f := out.last()
		if age := time.Since(f.At); f.Key || age > 40*time.Millisecond {
			t.Errorf("after the pause: key %v, %v old", f.Key, age)
		}
	})
}
