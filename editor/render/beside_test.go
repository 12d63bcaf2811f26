package render

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// spoken makes a film of two clips of one file with subtitles, joined by a
// transition, with markers whose labels are hostile.
func spoken(t *testing.T, words string, out func(*editor.Output)) *editor.Project {
	t.Helper()
	dir := t.TempDir()
	srt := filepath.Join(dir, "words.srt")
	if err := os.WriteFile(srt, []byte(words), 0o600); err != nil {
		t.Fatal(err)
	}
	clip := shot{name: "a.mp4", w: 160, h: 90, rate: "25", frames: 250, sound: "sine=440"}.make(t, dir)
	p := project(t, clip, srt, clip)
	a, b := p.Timeline.Clip(0), p.Timeline.Clip(1)
	a.In, a.Out = editor.Rational(1, 1), editor.Rational(4, 1) // 0 s to 3 s of the film
	b.In, b.Out = editor.Rational(5, 1), editor.Rational(9, 1) // 3 s to 7 s
	b.Captions = a.Captions
	a.Markers = []editor.Marker{{At: editor.Rational(1, 1), Label: "Begin = #1; \\ [CHAPTER]"}, {At: editor.Rational(9, 2), Label: "cut away"}}
	b.Markers = []editor.Marker{{At: editor.Rational(11, 2), Label: "שלום 日本語 🙂"}}
	line, err := editor.NewTimeline(a, b)
	if err != nil {
		t.Fatal(err)
	}
	o := p.Spec()
	if out != nil {
		out(&o)
	}
	return &editor.Project{Timeline: line, Library: p.Library, Output: &o}
}

const words = "1\n00:00:02,000 --> 00:00:03,000\nfirst\n\n2\n00:00:02,500 --> 00:00:06,000\n<b>over</b> the {cut} & back\n\n3\n00:00:08,500 --> 00:00:20,000\nuntil the end\n"

// shown are the texts of an mp4's subtitle track with their times, as they
// stand in its samples: a length, the text, and nothing that styles it.
func shown(t *testing.T, path string) []editor.Cue {
	t.Helper()
	data := output(t, "-i", ffmpeg.InputArg(path), "-map", "0:s:0", "-c", "copy", "-f", "data", "pipe:1")
	var cues []editor.Cue
	for _, p := range packets(t, path) {
		size := 2 + int(binary.BigEndian.Uint16(data))
		if text := string(data[2:size]); text != "" {
			cues = append(cues, editor.Cue{From: p.from, To: p.from.Add(p.long), Text: strings.ReplaceAll(text, "\u2060", "")})
		}
		data = data[size:]
	}
	return cues
}

type subtitlePacket struct{ from, long editor.Time }

// packets are when the samples of a film's subtitle track stand.
func packets(t *testing.T, path string) []subtitlePacket {
	t.Helper()
	data, err := tools(t).Inspect(t.Context(), path, "-select_streams", "s:0", "-show_entries", "packet=pts_time,duration_time")
	if err != nil {
		t.Fatal(err)
	}
	var film struct {
		Packets []struct {
			From editor.Time `json:"pts_time"`
			Long editor.Time `json:"duration_time"`
		} `json:"packets"`
	}
	if err := json.Unmarshal(data, &film); err != nil {
		t.Fatal(err)
	}
	var all []subtitlePacket
	for _, p := range film.Packets {
		all = append(all, subtitlePacket{p.From, p.Long})
	}
	return all
}

// chapters are a film's chapters as "seconds title".
func chapters(t *testing.T, path string) []string {
	t.Helper()
	data, err := tools(t).Inspect(t.Context(), path, "-show_chapters")
	if err != nil {
		t.Fatal(err)
	}
	var film struct {
		Chapters []struct {
			Start string            `json:"start_time"`
			Tags  map[string]string `json:"tags"`
		} `json:"chapters"`
	}
	if err := json.Unmarshal(data, &film); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, c := range film.Chapters {
		at, err := strconv.ParseFloat(c.Start, 64)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprintf("%.2f %s", at, c.Tags["title"]))
	}
	return all
}

func TestChaptersAndSubtitles(t *testing.T) {
	t.Parallel()
	for _, format := range []editor.Format{editor.MP4, editor.WebM, editor.M4A} {
		t.Run(string(format), func(t *testing.T) {
			path, _ := render(t, spoken(t, words, func(o *editor.Output) { o.Format, o.SampleRate = format, 48000 }))
			want := []string{"0.00 Begin = #1; \\ [CHAPTER]", "3.50 שלום 日本語 🙂"}
			if diff := cmp.Diff(want, chapters(t, path)); diff != "" {
				t.Errorf("chapters: %s", diff)
			}
			switch format {
			case editor.MP4:
				says(t, shown(t, path))
			case editor.WebM:
				c, err := editor.ParseCaptions(output(t, "-i", ffmpeg.InputArg(path), "-map", "0:s:0", "-c", "copy", "-f", "webvtt", "pipe:1"))
				if err != nil {
					t.Fatal(err)
				}
				for i, p := range packets(t, path)[:len(c.Cues)] {
					c.Cues[i].From, c.Cues[i].To = p.from, p.from.Add(p.long)
				}
				says(t, c.Cues)
			}
		})
	}
}

// says compares a subtitle track with what the film of spoken has to say.
func says(t *testing.T, got []editor.Cue) {
	t.Helper()
	want := []editor.Cue{
		{From: editor.Rational(1, 1), To: editor.Rational(3, 2), Text: "first"},
		{From: editor.Rational(3, 2), To: editor.Rational(2, 1), Text: "first\nover the {cut} & back"},
		{From: editor.Rational(2, 1), To: editor.Rational(4, 1), Text: "over the {cut} & back"},
		{From: editor.Rational(13, 2), To: editor.Rational(7, 1), Text: "until the end"},
	}
	if len(got) != len(want) {
		t.Fatalf("the film says %v", got)
	}
	for i, q := range got {
		w := want[i]
		if q.Text != w.Text || math.Abs(q.From.Sub(w.From).Float()) > 0.002 || math.Abs(q.To.Sub(w.To).Float()) > 0.002 {
			t.Errorf("%s to %s it says %q; want %q from %s to %s", q.From, q.To, q.Text, w.Text, w.From, w.To)
		}
	}
}

// TestHostileSubtitles are texts that some step on the way into the film could
// take for marks.
func TestHostileSubtitles(t *testing.T) {
	texts := []string{"1 < 2 & 3 > 2", "{\\an8}{\\b1}", "<i>", "&lt;b&gt;", "a\\Nb\\nc\\h", "C:\\dir", "--> 00:00:01.000", "שלום", "日本語 🙂", "two\nlines"}
	var cues []editor.Cue
	for i, text := range texts {
		from := editor.Rational(int64(10+3*i), 10) // within the first clip
		cues = append(cues, editor.Cue{From: from, To: from.Add(editor.Rational(1, 5)), Text: text})
	}
	path, _ := render(t, spoken(t, editor.SRT(cues), nil))
	got := shown(t, path)
	for i, q := range got[:min(len(got), len(texts))] {
		if q.Text != texts[i] {
			t.Errorf("%q became %q", texts[i], q.Text)
		}
	}
	if len(got) < len(texts) {
		t.Errorf("%d of %d subtitles: %v", len(got), len(texts), got)
	}
}

// TestManyChapters: QuickTime's list of chapters has no end, Nero's has.
func TestManyChapters(t *testing.T) {
	p := spoken(t, words, nil)
	c := p.Timeline.Clip(0)
	c.Markers = nil
	for i := range 300 {
		c.Markers = append(c.Markers, editor.Marker{At: c.In.Add(editor.Rational(int64(i), 100)), Label: strconv.Itoa(i)})
	}
	line, err := p.Timeline.Replace(c.ID, c)
	if err != nil {
		t.Fatal(err)
	}
	p.Timeline = line
	path, _ := render(t, p)
	if got := chapters(t, path); len(got) != 301 || got[299] != "2.99 299" {
		t.Errorf("%d chapters, %q", len(got), got[min(len(got)-1, 299)])
	}
}
