//go:build endtoend

package endtoend

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
)

// The page's modules are held to the program's own tables, in the browsers
// that run them.

// sealed runs the examples of call/signal/rendezvous/seal through the page's
// sealing: what the guest seals has to be the same byte by byte, and what the
// host sealed has to open.
const sealed = `(async (examples) => {
	const { Seal } = await import('/guest/seal.js');
	const { fromBase64url } = await import('/guest/bytes.js');
	const unhex = (s) => Uint8Array.from(s.match(/../g), (b) => parseInt(b, 16));
	const wrong = [];
	for (const e of examples) {
		const seal = await Seal.guest(fromBase64url(e.secret), e.slot, e.session, unhex(e.guestSalt));
		for (const f of e.frames) {
			if (f.from === 'guest') {
				const body = await seal.seal(JSON.parse(f.plain));
				if (body !== f.body) wrong.push([f.plain, body, f.body]);
			} else {
				const plain = JSON.stringify(await seal.open(f.type, f.body));
				if (plain !== f.plain) wrong.push([plain, f.plain]);
			}
		}
		const last = e.frames.at(-1);
		if (last.from === 'host') await seal.open(last.type, last.body).then(() => wrong.push('opened twice'), () => {});
	}
	return wrong;
})(%s)`

func TestGuestSeals(t *testing.T) {
	examples, err := os.ReadFile("../../call/signal/rendezvous/seal/testdata/seal.json")
	if err != nil {
		t.Fatal(err)
	}
	eachBrowser(t, func(t *testing.T, p page) {
		p.open(pageAlone(t) + "/")
		if wrong := string(p.run(fmt.Sprintf(sealed, examples))); wrong != "[]" {
			t.Errorf("sealed otherwise: %s", wrong)
		}
	})
}

func TestGuestHashes(t *testing.T) {
	eachBrowser(t, func(t *testing.T, p page) {
		p.open(pageAlone(t) + "/")
		for _, n := range []int{0, 1, 55, 56, 63, 64, 65, 128, 100_000} {
			data := make([]byte, n)
			if _, err := rand.Read(data); err != nil {
				t.Fatal(err)
			}
			got := p.text(fmt.Sprintf(`(async () => {
				const { Sha256 } = await import('/guest/sha256.js'), { hex } = await import('/guest/bytes.js');
				const data = Uint8Array.from(atob(%q), (c) => c.charCodeAt(0)), sum = new Sha256();
				for (let i = 0; i < data.length; i += 37) sum.update(data.subarray(i, i + 37));
				return hex(sum.digest());
			})()`, base64.StdEncoding.EncodeToString(data)))
			if want := fmt.Sprintf("%x", sha256.Sum256(data)); got != want {
				t.Errorf("%d bytes: %s, want %s", n, got, want)
			}
		}
	})
}

// The words are those that a callee makes from the same fingerprints and
// numbers, and the commitment is to the caller's.
func TestGuestWords(t *testing.T) {
	a, b := strings.Repeat("AB:", 31)+"AB", strings.Repeat("CD:", 31)+"CD"
	sum := func(lines ...string) []byte { s := sha256.Sum256([]byte(strings.Join(lines, "\n"))); return s[:] }
	commit := base64.RawURLEncoding.EncodeToString(sum("parley commit 1", a, "nonceA"))
	words := sum("parley words 1", a, b, "nonceA", "nonceB")[:4]
	eachBrowser(t, func(t *testing.T, p page) {
		p.open(pageAlone(t) + "/")
		var got struct {
			Commit string
			Words  []byte
			Print  string
			Bad    int
		}
		err := json.Unmarshal(p.run(fmt.Sprintf(`(async (a, b) => {
			const { commitment, wordsOf, fingerprintOf } = await import('/guest/words.js');
			const list = Array.from({ length: 256 }, (_, i) => i), line = (f) => 'a=fingerprint:sha-256 ' + f + '\r\n';
			const of = { caller: a, callee: b, callerNonce: 'nonceA', calleeNonce: 'nonceB' };
			const words = btoa(String.fromCharCode(...await wordsOf(list, of)));
			let bad = 0;
			for (const sdp of ['', line(a) + line(b), 'a=fingerprint:sha-1 00\r\n']) try { fingerprintOf(sdp); } catch { bad++; }
			return { commit: await commitment(a, 'nonceA'), words, print: fingerprintOf('v=0\r\n' + line(a.toLowerCase()) + line(a)), bad };
		})(%q, %q)`, a, b)), &got)
		if err != nil || got.Commit != commit || string(got.Words) != string(words) || got.Print != a || got.Bad != 3 {
			t.Errorf("got %+v (%v), want %s and %v", got, err, commit, words)
		}
	})
}

// filesPass sends files between two ends in the page: one whole, one that is
// cut off in the middle and goes on in another connection, one refused.
const filesPass = `(async () => {
	const { Files } = await import('/guest/files.js'), { Chat } = await import('/guest/chat.js');
	const { hex, sha256 } = await import('/guest/bytes.js');
	const until = async (ok) => { while (!ok()) await new Promise((r) => setTimeout(r, 10)); };
	const kept = new Map();
	const join = async (offered) => {
		const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
		a.onicecandidate = (e) => e.candidate && b.addIceCandidate(e.candidate);
		b.onicecandidate = (e) => e.candidate && a.addIceCandidate(e.candidate);
		const channels = (pc) => ['chat', 'files', 'bytes'].map((label, i) => Object.assign(pc.createDataChannel(label, { negotiated: true, id: i + 1 }), { binaryType: 'arraybuffer' }));
		const [ca, fa, ba] = channels(a), [cb, fb, bb] = channels(b);
		const from = new Files(fa, ba, new Map(), { offered() {}, changed() {} });
		new Files(fb, bb, kept, { offered, changed: (t) => offered.changed?.(t) });
		await a.setLocalDescription(); await b.setRemoteDescription(a.localDescription);
		await b.setLocalDescription(); await a.setRemoteDescription(b.localDescription);
		await until(() => from.open && [ca, ba, fb, bb, cb].every((c) => c.readyState === 'open'));
		return { from, ca, cb, close: () => { a.close(); b.close(); } };
	};
	const data = new Uint8Array(9_000_001);
	for (let i = 0; i < data.length; i += 65536) crypto.getRandomValues(data.subarray(i, i + 65536));
	const file = new File([data], '../..\\evil\u202egnp.exe', { type: 'x/y' }), said = {};
	let incoming;
	const accept = Object.assign((t) => { incoming = t; t.accept(); }, { changed: (t) => accept.half?.(t) });
	let way = await join(accept);
	let out = await way.from.send(file, () => {});
	await until(() => out.over && incoming.over);
	const got = new Uint8Array(await (await fetch(incoming.url)).arrayBuffer());
	said.whole = [out.state, incoming.state, incoming.name, hex(await sha256(got)) === hex(await sha256(data))];
	accept.half = (t) => { if (t.part > 0.4) { accept.half = null; way.close(); } };
	out = await way.from.send(file, () => {});
	await until(() => [...kept.values()][0]?.size > 0.4 * data.length && !accept.half);
	const had = [...kept.values()][0].size;
	way = await join(accept);
	out = await way.from.send(file, () => {});
	await until(() => out.over && incoming.over);
	said.again = [out.state, incoming.state, had > 0 && had < data.length, kept.size];
	accept.refuse = true;
	way.close();
	way = await join((t) => t.refuse());
	out = await way.from.send(new File(['x'], 'x'), () => {});
	await until(() => out.over);
	said.refused = out.state;
	const texts = [], seen = [];
	const chat = new Chat(way.ca, { heard() {}, seen: (id) => seen.push(id) });
	new Chat(way.cb, { heard: (m) => texts.push(m.text), seen() {} });
	const sent = chat.say('Grüße <b>🙂</b>');
	await until(() => seen.length);
	said.chat = [texts[0], seen[0] === sent.id];
	return said;
})()`

func TestGuestFilesAndChat(t *testing.T) {
	eachBrowser(t, func(t *testing.T, p page) {
		p.open(pageAlone(t) + "/")
		want := `{"whole":["kept","kept","evilgnp.exe",true],"again":["kept","kept",true,0],"refused":"refused","chat":["Grüße <b>🙂</b>",true]}`
		if got := string(p.run(filesPass)); got != want {
			t.Errorf("got %s\nwant %s", got, want)
		}
	})
}

// Without a camera a guest joins with sound; without permission they are told
// what to do.
func TestGuestWithoutCamera(t *testing.T) {
	for name, sentence := range map[string]string{"NotFoundError": "No camera was found", "NotAllowedError": "Allow it in the address bar"} {
		t.Run(name, func(t *testing.T) {
			eachBrowser(t, func(t *testing.T, p page) {
				p.open(pageAlone(t) + "/")
				p.wait("the sentence", fmt.Sprintf(`document.getElementById('troubles').textContent.includes(%q)`, sentence))
				p.click("call")
				p.wait("the stage", visible("stage"))
				p.hears()
			}, fmt.Sprintf(`
				const get = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
				navigator.mediaDevices.getUserMedia = (of) => of.video ? Promise.reject(new DOMException('none', %q)) : get(of);`, name))
		})
	}
}

// Over plain HTTP from elsewhere a browser gives no camera, and the page says
// why.
func TestGuestWithoutHTTPS(t *testing.T) {
	eachBrowser(t, func(t *testing.T, p page) {
		p.open(strings.Replace(pageAlone(t), "127.0.0.1", "meet.test", 1) + "/")
		p.wait("the sentence", `document.getElementById('over-text').textContent.includes('only over HTTPS or on localhost')`)
	})
}
