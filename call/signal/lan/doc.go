// Package lan finds the people on the same network, and is found by them:
// DNS-Based Service Discovery (RFC 6763) over Multicast DNS (RFC 6762), with
// nothing to set up and no machine in the middle. It tells where somebody is;
// the call itself is made by another Dialer.
//
// Each network interface has a station for IPv4 and one for IPv6, with a
// goroutine that reads. All else is done by one goroutine, which owns what is
// known and when what has to be said:
//
//	          queries ──> what of this program's records is asked for ──> answers
//	station ─>
//	          answers ──> cache ──> people ──> watchers
//	clock   ──> announcements (twice, a second apart, and after any change),
//	            queries (ever more rarely, and when a record grows old),
//	            interfaces that came or went, and a machine that slept
//
// Whatever comes from the network may be a lie: it is bounded, cleaned, and
// believed only about the network that it came from. See SECURITY.md.
package lan
