// Package exchange hands a film to other programs and takes cut lists from
// them: one file a format. It reads and writes bytes only; where they lie is
// its callers' matter, and it starts no goroutine.
//
// What another program cannot be told is never left out in silence: every
// writer says what was lost.
package exchange
