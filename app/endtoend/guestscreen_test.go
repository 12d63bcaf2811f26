//go:build endtoend

package endtoend

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// shares stands in for a browser's list of screens: a canvas that moves.
const shares = `
	navigator.mediaDevices && (navigator.mediaDevices.getDisplayMedia = async () => {
		const canvas = Object.assign(document.createElement('canvas'), { width: 800, height: 600 }), paper = canvas.getContext('2d');
		let n = 0;
		setInterval(() => { paper.fillStyle = ['#fff', '#39f', '#f93'][n++ % 3]; paper.fillRect(0, 0, 800, 600); }, 100);
		return canvas.captureStream(10);
	});`

// screenSeen is how wide the other side's screen was in the last second that a
// statistics file tells of; 0 where no picture of it came.
func screenSeen(t *testing.T, file string) (width int) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		return 0
	}
	lines := strings.Split(string(data), "\n")
	if len(lines) < 2 {
		return 0
	}
	var s struct {
		Received struct {
			Screen *struct {
				Frames uint64 `json:"frames"`
				Width  int    `json:"width"`
			} `json:"screen"`
		} `json:"received"`
	}
	if err := json.Unmarshal([]byte(lines[len(lines)-2]), &s); err != nil || s.Received.Screen == nil || s.Received.Screen.Frames == 0 {
		return 0
	}
	return s.Received.Screen.Width
}

// Both share a screen beside their cameras: the guest sees the host's, then the
// host the guest's, until it ends.
func TestGuestScreens(t *testing.T) {
	eachBrowser(t, func(t *testing.T, p page) {
		_, origin := serving(t)
		file := t.TempDir() + "/stats.json"
		_, link := hosting(t, origin, append(silent, "--screen", "pattern", "--stats", file)...)
		p.size(1280, 800)
		p.knock(link, "Gast")
		p.wait("their screen", `document.getElementById('stage').classList.contains('with-screen')`)
		first := p.mark("their-screen")
		await(t, "their screen moves on", patience, func() bool { return p.mark("their-screen").Frame > first.Frame })
		p.keepShot("screen")
		p.key("s")
		p.wait("the button", `document.getElementById('share').getAttribute('aria-pressed') === 'true'`)
		await(t, "the guest's screen at the host", patience, func() bool { return screenSeen(t, file) > 100 })
		p.key("s")
		await(t, "the end of the guest's screen", patience, func() bool { return screenSeen(t, file) <= 16 })
		p.click("hang-up")
	}, shares)
}
