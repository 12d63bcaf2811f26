package lan

import (
	"strconv"
	"strings"

	"github.com/miekg/dns"

	"parley/call"
)

// The keys of the TXT record (RFC 6763 section 6).
const (
	keyName         = "name"
	keyAvailability = "state"
	keyVersion      = "v"
)

// facts are what a TXT record tells.
type facts struct {
	name         string
	availability Availability
	version      int
}

// strings writes the record's strings as package dns takes them.
func (f facts) strings() []string {
	all := []string{
		"txtvers=1",
		keyName + "=" + f.name,
		keyAvailability + "=" + string(f.availability),
		keyVersion + "=" + strconv.Itoa(f.version),
	}
	for i, s := range all {
		all[i] = escape(s)
	}
	return all
}

// readFacts reads a stranger's record. The first of a key's values counts
// (RFC 6763 section 6.4).
func readFacts(record *dns.TXT) (f facts) {
	seen := map[string]bool{}
	for _, s := range record.Txt {
		key, value, _ := strings.Cut(unescape(s), "=")
		key = strings.ToLower(key)
		if seen[key] {
			continue
		}
		seen[key] = true
		switch key {
		case keyName:
			f.name = call.CleanName(value)
		case keyAvailability:
			f.availability = availability(value)
		case keyVersion:
			f.version = version(value)
		}
	}
	if f.availability == "" {
		f.availability = Available
	}
	return f
}

// version reads a number that counts up; anything else is no version.
func version(text string) int {
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil {
		return 0
	}
	return int(n)
}

// escape writes bytes in the form of zone files, which package dns has for
// the strings of TXT records (RFC 1035 section 5.1).
func escape(s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ' || c > '~':
			b.WriteByte('\\')
			b.WriteString(pad(c))
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// pad writes a byte as three digits.
func pad(c byte) string {
	s := "00" + strconv.Itoa(int(c))
	return s[len(s)-3:]
}

// unescape is the way back.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		if i+3 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+4], 10, 8); err == nil {
				b.WriteByte(byte(n))
				i += 3
				continue
			}
		}
		i++
		b.WriteByte(s[i])
	}
	return b.String()
}
