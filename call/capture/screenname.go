package capture

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// screenPrefix begins the ID of a screen, its number follows.
const screenPrefix = "screen:"

// screenNumber reads a screen's ID ("screen:1") or name ("Screen 1 (1920x1080)";
// the size may be another, as of a name that was kept). ok is false for what
// names no screen.
func screenNumber(name string) (number int, ok bool) {
	digits, isID := strings.CutPrefix(name, screenPrefix)
	if !isID {
		rest, isName := strings.CutPrefix(name, "Screen ")
		if !isName {
			return 0, false
		}
		var size string
		digits, size, _ = strings.Cut(rest, " (")
		if size != "" && !strings.HasSuffix(size, ")") {
			return 0, false
		}
	}
	number, err := strconv.Atoi(digits)
	return number, isID || err == nil
}

// What can be wrong with a screen, beside ErrGone.
var (
	ErrNoScreen = errors.New("no screen found")

	errWayland = &explained{"a Wayland desktop lets no program see the screen this way: log out and choose the desktop “on Xorg” to share it", ErrNoScreen, nil}
	errPixels  = &explained{"this display does not have the millions of colours that sharing it needs: set it to 24 bits", ErrNoScreen, nil}
)

// openScreens connects to the display whose screens there are.
func openScreens() (*display, error) {
	if os.Getenv("DISPLAY") == "" {
		return nil, &explained{"there is no screen to share: DISPLAY is not set", ErrNoScreen, nil}
	}
	d, err := openDisplay()
	if err != nil && !errors.Is(err, ErrNoScreen) {
		return nil, &explained{fmt.Sprintf("the display %q cannot be shared (%v): choose a camera", os.Getenv("DISPLAY"), err), ErrNoScreen, err}
	}
	return d, err
}

func noScreen(number, there int) error {
	return &explained{fmt.Sprintf("there is no screen %d: choose one of %d", number, there), ErrNoScreen, nil}
}

func screenError(number int, cause error) error {
	return fmt.Errorf("screen %d cannot be shared, choose a camera: %w", number, cause)
}

func screenGone(number int, cause error) error {
	return &explained{fmt.Sprintf("screen %d gives no more pictures (%v): choose another, or a camera", number, cause), ErrGone, cause}
}
