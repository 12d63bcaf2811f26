// Package codec is what the encoders below it share: the wishes that reach an
// encoder from other goroutines (Controls) and the sense of time that its rate
// control needs (Pace). It is pure Go and owns no goroutine; each child
// package binds one codec library.
package codec
