// Package relay passes the media of two people on who cannot reach each other
// (TURN, RFC 8656), over UDP, TCP and TLS. What it passes on is encrypted from
// end to end; it learns who talks to whom, when and how much.
//
// Who may use it has credentials that expire, in the form that coturn's
// use-auth-secret takes too, so that coturn can stand in its place: the name is
// EXPIRY:ID and the word base64(HMAC-SHA1(secret, name)). An ID is SPACE.SESSION,
// or SESSION in the server's own space.
//
// It relays to public addresses alone, and to other relayed addresses of its
// own; within limits of allocations, bytes and bytes a second.
package relay
