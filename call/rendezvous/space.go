package rendezvous

// Space is a group that a server hosts, apart from the others. The space
// without a name is the server's own.
type Space struct {
	Name  string // stands before its slots
	Title string // as shown to a person; Name where it is empty
	Theme string // of the guest page
	Quota Quota
	// Mark changes with the invitation key: what was opened with an older one
	// ends.
	Mark string
}

// shown is the space's name for a person.
func (s Space) shown() string {
	if s.Title != "" {
		return s.Title
	}
	return s.Name
}

// Quota bounds a space; 0 is no bound of its own.
type Quota struct {
	Slots       int `json:"slots,omitempty"`
	Connections int `json:"connections,omitempty"`

	// Of the server's own TURN relay, in place of what every space has there.
	RelayBytes       int64 `json:"relayBytes,omitempty"`       // a day
	RelayAllocations int   `json:"relayAllocations,omitempty"` // at once
}

// Spaces knows the spaces of a server. Its methods are called often and by
// many goroutines.
type Spaces interface {
	ByName(name string) (Space, bool)
	ByKey(key string) (Space, bool)   // invitation key: may open slots
	ByAdmin(key string) (Space, bool) // administrator key: may read figures
}

// noSpaces is a server that has but its own.
type noSpaces struct{}

func (noSpaces) ByName(string) (Space, bool)  { return Space{}, false }
func (noSpaces) ByKey(string) (Space, bool)   { return Space{}, false }
func (noSpaces) ByAdmin(string) (Space, bool) { return Space{}, false }
