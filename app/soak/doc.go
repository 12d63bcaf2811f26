// Command soak lets two Parleys on this machine talk for an hour, test pattern
// and test tone both ways, and watches what each process holds: memory,
// goroutines, file handles, and whether lips and voice stay together. It prints
// a table and a verdict, and fails where something grows. It needs Linux's
// /proc.
package main
