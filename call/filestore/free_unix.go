//go:build unix

package filestore

import "golang.org/x/sys/unix"

// free tells how many bytes a folder's disk has room for.
func free(folder string) int64 {
	var s unix.Statfs_t
	if unix.Statfs(folder, &s) != nil {
		return -1
	}
	return int64(min(uint64(s.Bavail)*uint64(s.Bsize), 1<<62))
}
