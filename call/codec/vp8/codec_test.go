package vp8_test

import (
	"testing"

	"parley/call/codec/codectest"
	"parley/call/codec/vp8"
)

func TestVideo(t *testing.T)       { codectest.Video(t, vp8.New()) }
func FuzzDecode(f *testing.F)      { codectest.FuzzVideo(f, vp8.New()) }
func BenchmarkEncode(b *testing.B) { codectest.BenchEncode(b, vp8.New()) }
func BenchmarkDecode(b *testing.B) { codectest.BenchDecode(b, vp8.New()) }
