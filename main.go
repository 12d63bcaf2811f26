// Command parley calls one person, keeps what was said, and makes a film of it.
package main

import (
	"os"

	"parley/app/headless"
	"parley/app/wire/desktop"
)

// version is set when a release is built.
var version = "0.1.0-dev"

func main() {
	os.Exit(headless.Main(os.Args[1:], version, desktop.Open))
}
