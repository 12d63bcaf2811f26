// Package people keeps whom a person knows: contacts, the machines that
// answered at dialled addresses, blocked callers and the history of calls, in
// one JSON file that only they can read. Book is the pure value; Store keeps
// it in its file, also where two Parleys share a profile; Diary writes the
// history from a phone's events. The package owns no goroutine.
package people
