package instance

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
)

// mostPath is the length that the path of a socket may have, with what Linux
// and macOS need of it.
const mostPath = 100

// Place is where the starts of one identity, told by its data folder, meet: in
// the runtime folder of the login, or beside the data where there is none or
// its path is too long.
func Place(data string) string {
	sum := sha256.Sum256([]byte(data))
	name := hex.EncodeToString(sum[:6]) + ".sock"
	for _, dir := range []string{os.Getenv("XDG_RUNTIME_DIR"), data} {
		if path := filepath.Join(dir, "parley", name); dir != "" && len(path) <= mostPath {
			return path
		}
	}
	return filepath.Join(data, name)
}
