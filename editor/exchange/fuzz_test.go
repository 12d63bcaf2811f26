package exchange

import (
	"strings"
	"testing"

	"parley/editor"
)

// fuzzList: whatever is read makes clips that can be in a film, and every
// refusal is one sentence.
func fuzzList(f *testing.F, name string, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s), int64(30), int64(1))
		f.Add([]byte(s), int64(30000), int64(1001))
	}
	f.Fuzz(func(t *testing.T, data []byte, num, den int64) {
		cuts, err := Read(name, data, Reading{talk(), editor.Ratio{Num: num, Den: den}})
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Fatalf("a refusal of several lines: %v", err)
			}
			return
		}
		clips, err := Clips(cuts, talk())
		if err != nil {
			return
		}
		line, _, err := editor.Timeline{}.InsertAll(0, clips)
		if err != nil {
			t.Fatalf("read, and yet: %v", err)
		}
		if line.Len() == 0 || line.Len() > maxCuts {
			t.Fatalf("%d clips", line.Len())
		}
	})
}

func FuzzTable(f *testing.F) {
	fuzzList(f, "a.csv", "0,5.5,a\n1,,\"b\nc\"\n,2,\n", "Start;End\n1;2\n", "00:00:01.000\t00:00:02.000\tx\n", "1e9,NaN,x\n")
}

func FuzzLLC(f *testing.F) {
	fuzzList(f, "a.llc", "{version: 1, mediaFileName: 'Talk 1.mp4', cutSegments: [{start: 1, end: 2.5, name: 'a', selected: true}, {start: 3}]}", `{"cutSegments":[{"end":-1}]}`, "[[[[{")
}

func FuzzEDL(f *testing.F) {
	fuzzList(f, "a.edl", "TITLE: x\nFCM: DROP FRAME\n001  AX  AA/V  C  01:00:01;00 01:00:02;00 00:00:00;00 00:00:01;00\n* FROM CLIP NAME: Talk 1.mp4\n* COMMENT: y\nM2   AX  060.0  01:00:01;00\n",
		"001 AX V D 025 00:00:01:00 00:00:02:00 00:00:00:00 00:00:01:00\n")
}
