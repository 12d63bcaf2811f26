package headless

import "github.com/spf13/pflag"

// bindRelay adds the flags of the relay.
func (f *serveFlags) bindRelay(flags *pflag.FlagSet) {
	r := &f.Relay
	flags.StringVar(&r.Listen, "turn", "", "relay media (TURN) at `ADDRESS`, such as :3478, over UDP and TCP; needs --public-ip")
	flags.StringVar(&r.TLS, "turn-tls", "", "relay over TLS at `ADDRESS` too, such as :5349, with the server's certificate")
	flags.StringVar(&r.Host, "turn-host", "", "the `NAME` in the certificate, by which --turn-tls is reached")
	flags.StringSliceVar(&r.Public, "public-ip", nil, "`ADDRESSES` of this machine on the internet: one of IPv4, one of IPv6")
	flags.StringVar(&r.Ports, "turn-ports", "", "`FIRST-LAST` of the UDP ports that are relayed from (default: as the system chooses)")
	flags.StringVar(&r.Secret, "turn-secret", "", "`WORD` that a coturn knows as its static-auth-secret, or @FILE with it (default: one of this server's own)")
	flags.StringSliceVar(&r.Servers, "turn-server", nil, "`URLS` of a coturn in place of the relay here: turn:HOST:3478?transport=udp,…")
	flags.BoolVar(&r.Private, "turn-allow-private", false, "relay to private addresses too; anybody who may use the relay reaches them then")
}
