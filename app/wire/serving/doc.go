// Package serving builds a rendezvous out of its parts and runs it: what
// `parley serve` does. It names no device and no codec, so that a server needs
// neither.
package serving
