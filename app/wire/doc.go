// Package wire builds the program: it is the one place that names concrete
// codecs, devices and ways to reach people. A new one is one line here.
package wire
