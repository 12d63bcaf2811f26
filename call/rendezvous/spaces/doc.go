// Package spaces keeps the groups that one rendezvous hosts in a JSON file of
// the server's data folder. Keys are drawn here, printed once by who asked, and
// kept as hashes alone. A running server follows the file.
package spaces
