//go:build endtoend

package endtoend

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// chromium is driven by its own protocol (CDP).
type chromium struct {
	t   *testing.T
	ctx context.Context
}

// chromiumFlags: no graphics card, media that are made up and given without a
// question, calls within the machine, and no word to anybody else.
var chromiumFlags = map[string]any{
	"headless": "new", "no-sandbox": true, "disable-gpu": true, "mute-audio": false,
	"use-fake-device-for-media-stream": true, "use-fake-ui-for-media-stream": true,
	"autoplay-policy": "no-user-gesture-required", "allow-loopback-in-peer-connection": true,
	"disable-component-update": true, "disable-domain-reliability": true, "no-pings": true, "disable-quic": true,
	"host-resolver-rules": "MAP *.test 127.0.0.1",
	"disable-features":    "Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider", "lang": "en-US",
}

func newChromium(t *testing.T, preload string) browser {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(browserPath(t, "chromium", "chromium")), chromedp.UserDataDir(t.TempDir()),
		chromedp.NoInheritEnv, chromedp.Env(environment(t)...))
	for name, value := range chromiumFlags {
		options = append(options, chromedp.Flag(name, value))
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator, chromedp.WithErrorf(t.Logf), chromedp.WithListener(func(event any) { tell(t, event) }))
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Logf("closing Chromium: %v", err)
		}
		cancel()
		stop()
	})
	c := &chromium{t, ctx}
	c.do(func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, target, cdpage.AddScriptToEvaluateOnNewDocument, cdpage.AddScriptToEvaluateOnNewDocumentParams{Source: preload})
		return chromedp.Void{}, err
	})
	return c
}

// tell passes on what the page writes to its console.
func tell(t *testing.T, event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		t.Logf("the page failed: %s", e.ExceptionDetails.Exception.Description)
	case *runtime.EventConsoleAPICalled:
		for _, a := range e.Args {
			t.Logf("the page said: %s %s", a.Value, a.Description)
		}
	}
}

func (c *chromium) do(a chromedp.Action[chromedp.Void]) {
	c.t.Helper()
	if err := chromedp.Do(c.ctx, a); err != nil {
		c.t.Fatalf("Chromium: %v", err)
	}
}

func (c *chromium) open(url string) {
	c.t.Helper()
	c.do(chromedp.Navigate(url))
}

func (c *chromium) eval(js string) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(c.ctx, patience)
	defer cancel()
	byUser := func(p *runtime.EvaluateParams) { yes := true; p.UserGesture = &yes }
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](asJSON(js), chromedp.EvalAwaitPromise, byUser))
	return json.RawMessage(text), err
}

func (c *chromium) size(width, height int) {
	c.t.Helper()
	c.do(chromedp.EmulateViewport(int64(width), int64(height)))
}

func (c *chromium) shot() []byte {
	c.t.Helper()
	png, err := chromedp.Run(c.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		c.t.Fatalf("Chromium: %v", err)
	}
	return png
}
