package call

import (
	"encoding/base64"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"unicode"
)

// SecretSize is the length of an invitation's secret in bytes.
const SecretSize = 16

// Invitation is what a link says: where a person waits, and the secret that
// what is said there is sealed with. It is written
//
//	https://HOST/c/SLOT#SECRET
//
// and the part behind # stays with whoever opens it: neither a browser nor
// this program sends it to the host. Without TLS a host could be anybody, so
// http:// stands for this machine alone.
type Invitation struct {
	TLS    bool
	Host   string // a name or an address of the rendezvous, with :port where it is not the usual one
	Slot   string
	Secret [SecretSize]byte
}

// maxLink bounds the text of a link in bytes.
const maxLink = 512

// secretText writes a secret in 22 letters, and reads it in one way only.
var secretText = base64.RawURLEncoding.Strict()

// ParseInvitation reads a link, with or without parley: before it, or in its
// place the https://. Any other text is ErrBadAddress (wrapped).
func ParseInvitation(text string) (Invitation, error) {
	bad := func(why string) (Invitation, error) {
		return Invitation{}, fmt.Errorf("%w: %s; ask for the whole link, from https:// to its end", ErrBadAddress, why)
	}
	if len(text) > maxLink {
		return bad("a link is shorter than that")
	}
	scheme, rest := cutScheme(TrimScheme(text))
	rest, secret, found := strings.Cut(rest, "#")
	host, path, _ := strings.Cut(rest, "/")
	slot, isCall := strings.CutPrefix(path, "c/")
	if !isCall {
		return bad("no link of a call")
	}
	slot, _, _ = strings.Cut(slot, "?") // what others hang on a link that they pass on
	i := Invitation{Host: strings.ToLower(host), Slot: slot}
	i.TLS = scheme == "https" || scheme == "" && !IsLoopback(i.Host)
	switch {
	case !isHost(i.Host):
		return bad("the link names no host")
	case !i.TLS && !IsLoopback(i.Host):
		return bad("a link to another machine begins with https://")
	case !IsSlot(slot):
		return bad("the link names nobody")
	case !found:
		return bad("the end of the link is missing, from # on")
	case !i.setSecret(secret):
		return bad("the end of the link is damaged")
	}
	return i, nil
}

func (i *Invitation) setSecret(text string) bool {
	// Lines are checked for, since the decoder passes over them.
	if len(text) != secretText.EncodedLen(SecretSize) || strings.ContainsAny(text, "\r\n") {
		return false
	}
	n, err := secretText.Decode(i.Secret[:], []byte(text))
	return err == nil && n == SecretSize
}

// Origin is the rendezvous, without a slash behind it.
func (i Invitation) Origin() string {
	if i.TLS {
		return "https://" + i.Host
	}
	return "http://" + i.Host
}

// String is the link.
func (i Invitation) String() string {
	return i.Origin() + "/c/" + i.Slot + "#" + secretText.EncodeToString(i.Secret[:])
}

// ParseOrigin reads the address of a rendezvous as a person writes it: a host,
// or https:// and a host, or http:// and this machine. Any other text is
// ErrBadAddress (wrapped).
func ParseOrigin(text string) (origin string, err error) {
	scheme, host := cutScheme(strings.ToLower(strings.TrimSpace(text)))
	host = strings.TrimSuffix(host, "/")
	i := Invitation{Host: host, TLS: scheme == "https" || scheme == "" && !IsLoopback(host)}
	if !isHost(host) || !i.TLS && !IsLoopback(host) {
		return "", fmt.Errorf("%w: %q; a rendezvous is named by its host, with https:// before it", ErrBadAddress, text)
	}
	return i.Origin(), nil
}

// Shown is an address as it may be seen and logged: a link without its secret,
// a spoken code without its words.
func Shown(address string) string {
	public, _, _ := strings.Cut(address, "#")
	if LooksLikeCode(public) {
		return withoutWords(public)
	}
	return public
}

// Scheme begins the links that a desktop hands to this program.
const Scheme = "parley:"

// TrimScheme takes parley: and the spaces around it off what is to be called:
// a link, an address or a spoken code.
func TrimScheme(text string) string {
	text = strings.TrimSpace(text)
	if len(text) > len(Scheme) && strings.EqualFold(text[:len(Scheme)], Scheme) {
		return strings.TrimLeft(text[len(Scheme):], "/")
	}
	return text
}

// cutScheme tells http and https from what stands behind.
func cutScheme(text string) (scheme, rest string) {
	for _, scheme = range []string{"https", "http"} {
		if before := scheme + "://"; len(text) >= len(before) && strings.EqualFold(text[:len(before)], before) {
			return scheme, text[len(before):]
		}
	}
	return "", text
}

// IsLoopback tells whether a host, with or without a port, is this machine.
func IsLoopback(host string) bool {
	name, _, ok := splitHost(host)
	if !ok {
		return false
	}
	if ip, err := netip.ParseAddr(name); err == nil {
		return ip.Unmap().IsLoopback()
	}
	return strings.EqualFold(name, "localhost")
}

// isHost tells whether a text can stand for the host of a URL: a name or an
// IPv4 address, or an IPv6 address in brackets, each with or without a port.
func isHost(host string) bool {
	name, port, ok := splitHost(host)
	if !ok || len(name) > 253 {
		return false
	}
	if n, err := strconv.ParseUint(port, 10, 16); port != "" && (err != nil || n == 0) {
		return false
	}
	if strings.HasPrefix(host, "[") {
		ip, err := netip.ParseAddr(name)
		return err == nil && ip.Is6() && ip.Zone() == ""
	}
	return isHostName(name)
}

// isHostName takes letters of any language, as hosts are named in all of them.
func isHostName(name string) bool {
	for _, r := range name {
		if !unicode.In(r, unicode.Letter, unicode.Digit, unicode.Mark) && !strings.ContainsRune("-._", r) {
			return false
		}
	}
	return name != "" && name[0] != '-' && name[0] != '.'
}

// splitHost cuts a port off, and the brackets of IPv6.
func splitHost(host string) (name, port string, ok bool) {
	if inside, found := strings.CutPrefix(host, "["); found {
		name, port, found = strings.Cut(inside, "]")
		if port == "" {
			return name, "", found
		}
		port, ok = strings.CutPrefix(port, ":")
		return name, port, found && ok && port != ""
	}
	name, port, found := strings.Cut(host, ":")
	return name, port, !found || port != ""
}
