package heap

import "testing"

func TestSettle(t *testing.T) {
	if !Settle() || !Settle() {
		t.Error("the C library refuses")
	}
}
