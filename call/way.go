package call

// Way is how two people reach each other.
type Way string

// The ways.
const (
	ByAddress Way = "address"
	Nearby    Way = "nearby"
	ByLink    Way = "link"
	ByCode    Way = "code"
)

// WayTeller is a Link that came about in another way than by address.
type WayTeller interface{ Way() Way }

func wayOf(l Link) Way {
	if t, ok := l.(WayTeller); ok {
		return t.Way()
	}
	return ByAddress
}

// way is how this call came about; "" until there is a link.
func (s *Session) way() Way {
	if s.line == nil {
		return ""
	}
	return wayOf(s.line.link)
}
