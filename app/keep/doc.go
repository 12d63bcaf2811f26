// Package keep is what the program's own files have in common: they are
// replaced whole, nobody else may read them, and who shows what they hold hears
// of changes. It owns no goroutine.
package keep
