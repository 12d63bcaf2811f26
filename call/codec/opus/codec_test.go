package opus_test

import (
	"testing"

	"parley/call/codec/codectest"
	"parley/call/codec/opus"
)

func TestAudio(t *testing.T)       { codectest.Audio(t, opus.New()) }
func TestAudioDTX(t *testing.T)    { codectest.Audio(t, opus.Codec{DTX: true}) }
func BenchmarkEncode(b *testing.B) { codectest.BenchEncodeSound(b, opus.New()) }
func BenchmarkDecode(b *testing.B) { codectest.BenchDecodeSound(b, opus.New()) }
