package editor

import (
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"path"
)

// maxDataFile bounds a data file of an effect, in bytes.
const maxDataFile = 1 << 20

// ReadDataFiles parses every JSON file that lies directly in the folders. One
// that cannot be used is left out and told to the log in one sentence, so that
// a broken file of the user's never keeps the program from starting. A folder
// that does not exist is empty. What a later folder has takes the place of what
// an earlier one has under the same key.
func ReadDataFiles[T any](folders []fs.FS, parse func([]byte) (T, error), key func(T) string, log *slog.Logger) []T {
	var all []T
	at := map[string]int{}
	for _, folder := range folders {
		names, err := fs.Glob(folder, "*.json")
		if err != nil {
			log.Warn("a folder of data files cannot be read; check its rights", "error", err)
		}
		for _, name := range names {
			v, err := readDataFile(folder, name, parse)
			if err != nil {
				log.Warn("the data file "+path.Base(name)+" is left out; mend or remove it", "error", err)
				continue
			}
			if i, ok := at[key(v)]; ok {
				all[i] = v
				continue
			}
			at[key(v)] = len(all)
			all = append(all, v)
		}
	}
	return all
}

func readDataFile[T any](folder fs.FS, name string, parse func([]byte) (T, error)) (v T, err error) {
	f, err := folder.Open(name)
	if err != nil {
		return v, err
	}
	data, err := io.ReadAll(io.LimitReader(f, maxDataFile+1))
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return v, err
	}
	if len(data) > maxDataFile {
		return v, fmt.Errorf("it is larger than %d bytes", maxDataFile)
	}
	return parse(data)
}
