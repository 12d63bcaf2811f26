//go:build endtoend

package endtoend

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// firefox is driven by WebDriver BiDi, which it speaks by itself.
type firefox struct {
	t       *testing.T
	wire    *bidi
	context string // of the one page
}

// firefoxPreferences: media that are made up and given without a question,
// calls within the machine, and no word to anybody else.
const firefoxPreferences = `
user_pref("media.navigator.streams.fake", true);
user_pref("media.navigator.permission.disabled", true);
user_pref("media.autoplay.default", 0);
user_pref("media.peerconnection.ice.loopback", true);
user_pref("media.peerconnection.ice.obfuscate_host_addresses", false);
user_pref("media.gmp-manager.url", "http://127.0.0.1:9/");
user_pref("media.gmp-manager.updateEnabled", false);
user_pref("app.update.enabled", false);
user_pref("app.normandy.enabled", false);
user_pref("browser.safebrowsing.downloads.remote.enabled", false);
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.page", 0);
user_pref("browser.newtabpage.enabled", false);
user_pref("browser.region.network.url", "");
user_pref("browser.search.update", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("dom.push.connection.enabled", false);
user_pref("extensions.update.enabled", false);
user_pref("extensions.getAddons.cache.enabled", false);
user_pref("extensions.systemAddon.update.enabled", false);
user_pref("geo.enabled", false);
user_pref("intl.accept_languages", "en-US");
user_pref("network.dns.localDomains", "meet.test");
user_pref("dom.security.https_first", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("network.dns.disablePrefetch", true);
user_pref("network.prefetch-next", false);
user_pref("services.settings.server", "http://127.0.0.1:9/");
user_pref("toolkit.telemetry.enabled", false);
user_pref("toolkit.telemetry.server", "");
`

func newFirefox(t *testing.T, preload string) browser {
	t.Helper()
	path := browserPath(t, "firefox-esr", "firefox-esr")
	profile := t.TempDir()
	if err := os.WriteFile(filepath.Join(profile, "user.js"), []byte(firefoxPreferences), 0o600); err != nil {
		t.Fatal(err)
	}
	p := start(t, "Firefox", environment(t, "MOZ_CRASHREPORTER_DISABLE=1"), path,
		"--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0")
	f := &firefox{t: t, wire: dialBiDi(t, p.saying(`WebDriver BiDi listening on (ws://\S+)`)[1]+"/session")}
	t.Cleanup(func() { f.close(p) })
	f.wire.must("session.new", map[string]any{"capabilities": map[string]any{}}, nil)
	var tree struct {
		Contexts []struct{ Context string } `json:"contexts"`
	}
	f.wire.must("browsingContext.getTree", map[string]any{}, &tree)
	f.context = tree.Contexts[0].Context
	f.wire.must("script.addPreloadScript", map[string]any{"functionDeclaration": "() => {" + preload + "}"}, nil)
	f.wire.must("session.subscribe", map[string]any{"events": []string{"log.entryAdded"}}, nil)
	return f
}

// close asks the browser to end, so that it ends its processes, too.
func (f *firefox) close(p *process) {
	if err := f.wire.ask("browser.close", map[string]any{}, nil); err != nil {
		f.t.Logf("closing Firefox: %v", err)
	}
	select {
	case <-p.gone:
	case <-time.After(patience / 4):
		p.kill()
	}
}

func (f *firefox) open(url string) {
	f.t.Helper()
	f.wire.must("browsingContext.navigate", map[string]any{"context": f.context, "url": url, "wait": "complete"}, nil)
}

func (f *firefox) eval(js string) (json.RawMessage, error) {
	var answer struct {
		Type             string
		Result           struct{ Value string }
		ExceptionDetails struct{ Text string }
	}
	err := f.wire.ask("script.evaluate", map[string]any{
		"expression": asJSON(js), "target": map[string]any{"context": f.context}, "awaitPromise": true, "userActivation": true,
	}, &answer)
	if err == nil && answer.Type != "success" {
		err = errPage(answer.ExceptionDetails.Text)
	}
	return json.RawMessage(answer.Result.Value), err
}

func (f *firefox) size(width, height int) {
	f.t.Helper()
	f.wire.must("browsingContext.setViewport", map[string]any{
		"context": f.context, "viewport": map[string]any{"width": width, "height": height},
	}, nil)
}

func (f *firefox) shot() []byte {
	f.t.Helper()
	var answer struct{ Data string }
	f.wire.must("browsingContext.captureScreenshot", map[string]any{"context": f.context}, &answer)
	png, err := base64.StdEncoding.DecodeString(answer.Data)
	if err != nil {
		f.t.Fatal(err)
	}
	return png
}
