package desktop

import (
	"context"
	"fmt"
	"os"

	"parley/app/editui"
	"parley/editor"
	"parley/editor/exchange"
)

// siteWay is the way that makes a folder for a media site.
const siteWay = "site"

// Ways satisfies editui.Exporter.
func (l *lazyEditor) Ways() []editui.ExportWay {
	ways := []editui.ExportWay{{Name: siteWay, Title: "Folder for a media site"}}
	for _, f := range exchange.Formats() {
		if f.Write != nil {
			ways = append(ways, editui.ExportWay{Name: f.Name, Title: f.Title, Extension: f.Extension})
		}
	}
	return ways
}

// Export satisfies editui.Exporter.
func (l *lazyEditor) Export(ctx context.Context, p *editor.Project, way, name, target string, progress func(float64)) ([]string, error) {
	kit, err := l.get()
	if err != nil {
		return nil, err
	}
	if way == siteWay {
		return nil, kit.Site(ctx, p, name, target, func(_ string, done float64) { progress(done) })
	}
	format, ok := exchange.ByName(way)
	if !ok {
		return nil, fmt.Errorf("there is no format %q", way)
	}
	lost, err := kit.Export(p, name, "", format, target)
	var words []string
	for _, w := range lost {
		words = append(words, string(w))
	}
	return words, err
}

// IsList satisfies editui.Exporter.
func (l *lazyEditor) IsList(path string) bool {
	f, ok := exchange.ByPath(path)
	return ok && f.Read != nil
}

// Cuts satisfies editui.Exporter.
func (l *lazyEditor) Cuts(path string, s editor.Source, rate editor.Ratio) ([]editor.Clip, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > exchange.MaxList {
		return nil, fmt.Errorf("%s is too large for a cut list", path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	cuts, err := exchange.Read(path, data, exchange.Reading{Source: s, Rate: rate})
	if err != nil {
		return nil, err
	}
	return exchange.Clips(cuts, s)
}
