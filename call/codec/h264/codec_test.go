package h264_test

import (
	"testing"

	"parley/call/codec/codectest"
	"parley/call/codec/h264"
)

func TestVideo(t *testing.T) { codectest.Video(t, h264.New()) }
