package hop

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestOneDoor holds two rules of the house: this package alone hands work to
// Fyne's goroutine, and app/run.go alone imports the toolkit's driver.
func TestOneDoor(t *testing.T) {
	files := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		files++
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		here := filepath.Dir(path) == filepath.Join("..", "hop")
		for _, i := range file.Imports {
			if p, _ := strconv.Unquote(i.Path.Value); p == "fyne.io/fyne/v2/app" && path != filepath.Join("..", "run.go") {
				t.Errorf("%s imports %s; only app/run.go may", path, p)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok || here {
				return true
			}
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "fyne" && (s.Sel.Name == "Do" || s.Sel.Name == "DoAndWait") {
				t.Errorf("%s uses fyne.%s; use package hop", path, s.Sel.Name)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 20 {
		t.Fatalf("only %d files were looked at", files)
	}
}
