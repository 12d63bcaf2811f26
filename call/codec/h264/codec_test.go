package h264_test

import (
	"testing"

	"parley/call/codec/codectest"
	"parley/call/codec/h264"
)

func TestVideo(t *testing.T)       { codectest.Video(t, h264.New()) }
func FuzzDecode(f *testing.F)      { codectest.FuzzVideo(f, h264.New()) }
func BenchmarkEncode(b *testing.B) { codectest.BenchEncode(b, h264.New()) }
func BenchmarkDecode(b *testing.B) { codectest.BenchDecode(b, h264.New()) }
