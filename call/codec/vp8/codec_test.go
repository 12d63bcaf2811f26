package vp8_test

import (
	"testing"

	"parley/call/codec/codectest"
	"parley/call/codec/vp8"
)

func TestVideo(t *testing.T) { codectest.Video(t, vp8.New()) }
