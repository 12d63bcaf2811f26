package relay

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"parley/call"
)

// Issuer makes credentials for a relay that knows the same secret: this
// package's Server, or coturn with use-auth-secret and static-auth-secret.
type Issuer struct {
	Secret string
	URLs   []string      // "turn:HOST:PORT?transport=udp" and so on
	STUN   []string      // "stun:HOST:PORT"
	Lives  time.Duration // of a credential; 0: DefaultLife
}

// DefaultLife is how long a credential can be used to begin with: longer than
// a call is, since it is proven again whenever an allocation is refreshed.
const DefaultLife = 12 * time.Hour

// Servers are what a program of a session is told; one that has none yet is
// told no relay. It fits the Config of a rendezvous.
func (i Issuer) Servers(space, session string) []call.Server {
	var all []call.Server
	for _, u := range i.STUN {
		all = append(all, call.Server{URL: u})
	}
	if i.Secret == "" || session == "" {
		return all
	}
	life := i.Lives
	if life == 0 {
		life = DefaultLife
	}
	name := Name(space, session, time.Now().Add(life))
	for _, u := range i.URLs {
		all = append(all, call.Server{URL: u, Username: name, Credential: Word(i.Secret, name)})
	}
	return all
}

// Name is the user name of a session until a time.
func Name(space, session string, until time.Time) string {
	if space != "" {
		session = space + "." + session
	}
	return strconv.FormatInt(until.Unix(), 10) + ":" + session
}

// Word is the password of a user name.
func Word(secret, name string) string {
	mac := hmac.New(sha1.New, []byte(secret))
	mac.Write([]byte(name))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// ErrCredentials says that a user name is not to be believed.
var ErrCredentials = errors.New("not a name of a relay's user")

// mostName bounds a user name in bytes.
const mostName = 160

// readName takes a user name apart and tells whether its time has come.
func readName(name string, now time.Time) (id string, err error) {
	expiry, id, found := strings.Cut(name, ":")
	until, bad := strconv.ParseInt(expiry, 10, 64)
	switch {
	case !found || bad != nil || until < 0 || len(name) > mostName || strconv.FormatInt(until, 10) != expiry:
		return "", fmt.Errorf("%w: it is not EXPIRY:ID", ErrCredentials)
	case !isID(id):
		return "", fmt.Errorf("%w: the ID is not one", ErrCredentials)
	case until <= now.Unix():
		return "", fmt.Errorf("%w: it has expired", ErrCredentials)
	}
	return id, nil
}

// isID allows what names of spaces and sessions are made of.
func isID(s string) bool {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
	return s != "" && strings.Trim(s, letters) == ""
}
