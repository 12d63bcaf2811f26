package ffmpeg

import "testing"

func TestParseVersion(t *testing.T) {
	lib := func(v string) string { return "\nlibavutil      57. 28.100 / 57. 28.100\nlibavcodec     " + v + "\n" }
	for _, c := range []struct {
		answer       string
		major, minor int
		text         string
	}{
		{"ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026", 5, 1, "5.1.9-0+deb12u1"},
		{"ffmpeg version 4.4.2-0ubuntu0.22.04.1 Copyright", 4, 4, "4.4.2-0ubuntu0.22.04.1"},
		{"ffmpeg version n6.1.1 Copyright", 6, 1, "n6.1.1"},
		{"ffmpeg version 7.0.2-static https://johnvansickle.com/", 7, 0, "7.0.2-static"},
		{"ffprobe version 8.0 Copyright", 8, 0, "8.0"},
		{"ffmpeg version N-109542-gfc1b4e3 Copyright" + lib("59. 54.100 / 59. 54.100"), 5, 1, "N-109542-gfc1b4e3"},
		{"ffmpeg version N-104000-gabc Copyright" + lib("59. 18.100 / 59. 18.100"), 5, 0, "N-104000-gabc"},
		{"ffmpeg version 2024-05-01-git-39a538f430-full_build Copyright" + lib("61.  5.100 / 61.  5.100"), 7, 0, "2024-05-01-git-39a538f430-full_build"},
	} {
		v, err := parseVersion(c.answer)
		if err != nil || v != (Version{c.major, c.minor, c.text}) {
			t.Errorf("%q is %+v, %v", c.answer, v, err)
		}
	}
}

func TestParseVersionRefuses(t *testing.T) {
	for _, answer := range []string{"", "avconv version 12", "ffmpeg version N-1-gabc", "ffmpeg version 99999999999.1"} {
		if v, err := parseVersion(answer); err == nil {
			t.Errorf("%q is taken for %+v", answer, v)
		}
	}
}

func TestOldest(t *testing.T) {
	for _, c := range []struct {
		v   Version
		old bool
	}{{Version{4, 4, ""}, true}, {Version{5, 0, ""}, true}, {Version{5, 1, ""}, false}, {Version{6, 0, ""}, false}} {
		if got := c.v.Less(Oldest); got != c.old {
			t.Errorf("%d.%d too old: %v", c.v.Major, c.v.Minor, got)
		}
	}
}

func TestAllowedFormats(t *testing.T) {
	const head = "File formats:\n D. = Demuxing supported\n .E = Muxing supported\n --\n"
	for _, c := range []struct{ answer, want string }{
		{head + " D  aac             raw ADTS\n D  concat          list\n D  hls             Apple\n D  matroska,webm   Matroska\n", "aac,matroska,webm"},
		{"Demuxers:\n D.. = x\n ..d = Is a device\n ---\n D d alsa            ALSA\n D   mov,mp4,m4a     QuickTime\n D   dash            DASH\n", "mov,mp4,m4a"},
		{"nothing", ""},
	} {
		if got := allowedFormats(c.answer); got != c.want {
			t.Errorf("allowed %q, want %q", got, c.want)
		}
	}
}

func TestDelaysOpus(t *testing.T) {
	for v, want := range map[Version]bool{{Major: 5, Minor: 1}: false, {Major: 6}: true, {Major: 7, Minor: 1}: true} {
		if v.DelaysOpus() != want {
			t.Errorf("%d.%d: %v", v.Major, v.Minor, !want)
		}
	}
}
