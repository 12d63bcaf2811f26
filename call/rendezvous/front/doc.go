// Package front is the door of a server: its listening sockets, the HTTP and
// TLS on them, and their hand-over from a running process to the next one, so
// that a restart refuses nobody.
//
//	old process                          new process
//	  SIGHUP
//	  starts it with the sockets   ──>   takes them over, serves on them
//	                               <──   says that it is ready
//	  accepts no more, tells everybody to come back,
//	  and ends when its last call has
//
// Both have the same sockets for a moment, so there is none in which a
// connection finds nobody. Where the new process fails, the old one goes on.
package front
