package editor

import (
	"maps"
	"strconv"
	"strings"
)

// graph is a filter graph that is being planned: its inputs, and chains of
// filters between labels.
type graph struct {
	inputs []string // arguments
	paths  []string
	chains []string
	files  map[string]string // that the filters read, by plain name
	count  int               // of labels
}

// label is a new name for what a chain puts out.
func (g *graph) label() string {
	g.count++
	return "[p" + strconv.Itoa(g.count-1) + "]"
}

// chain adds a chain of filters and returns the label of what it puts out. in
// is the labels that it takes, or empty for a source.
func (g *graph) chain(in string, filters ...string) string {
	out := g.label()
	g.chains = append(g.chains, in+strings.Join(filters, ",")+out)
	return out
}

// split has a picture go two ways.
func (g *graph) split(in string) (a, b string) {
	a, b = g.label(), g.label()
	g.chains = append(g.chains, in+"split"+a+b)
	return a, b
}

// input adds an input and returns the label of one of its streams.
func (g *graph) input(m *Media, stream int, options []string) string {
	n := len(g.paths)
	g.inputs = append(g.inputs, options...)
	g.paths = append(g.paths, m.Path)
	return "[" + strconv.Itoa(n) + ":" + strconv.Itoa(stream) + "]"
}

// file has a text be there for a filter under a plain name.
func (g *graph) file(name, text string) {
	if g.files == nil {
		g.files = map[string]string{}
	}
	g.files[name] = text
}

// run is the step whose arguments run the graph and map the label.
func (g *graph) run(label string, more ...string) Step {
	args := append(append([]string{"-copyts"}, g.inputs...), "-filter_complex", strings.Join(g.chains, ";"), "-map", label)
	return Step{Args: append(args, more...), Inputs: g.paths, Files: maps.Clone(g.files)}
}
