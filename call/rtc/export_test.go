package rtc

// WithoutUDP is a network on which UDP is blocked.
func (c Config) WithoutUDP() Config { c.noUDP = true; return c }

// RelayOnly leaves no path but through a relay.
func (c Config) RelayOnly() Config { c.relayOnly = true; return c }

// InteractiveVideo is the traffic class that packets are marked with.
const InteractiveVideo = interactiveVideo
