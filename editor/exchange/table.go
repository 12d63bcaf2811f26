package exchange

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"parley/editor"
)

// Tables of "start,end,name", as LosslessCut reads and writes them: in seconds
// parted by commas, or as hours, minutes and seconds parted by tabs. Either
// time may be missing.
var (
	csvFormat = Format{
		Name: "csv", Title: "CSV (LosslessCut)", Extension: ".csv", Read: readTable,
		Write: func(w io.Writer, f Film) ([]Loss, error) {
			return writeTable(w, f, ',', func(t editor.Time) string { return t.String() })
		},
	}
	tsvFormat = Format{
		Name: "tsv", Title: "TSV (LosslessCut)", Extension: ".tsv", Read: readTable,
		Write: func(w io.Writer, f Film) ([]Loss, error) { return writeTable(w, f, '\t', clock) },
	}
)

func writeTable(w io.Writer, f Film, comma rune, show func(editor.Time) string) ([]Loss, error) {
	_, clips, lost, err := f.parts()
	if err != nil {
		return nil, err
	}
	out := csv.NewWriter(w)
	out.Comma = comma
	for _, c := range clips {
		if err := out.Write([]string{show(c.In), show(c.Out), partName(c)}); err != nil {
			return nil, err
		}
	}
	out.Flush()
	return lost, out.Error()
}

// clock writes a time as 01:02:03.004.
func clock(t editor.Time) string {
	ms := t.FrameRound(editor.Ratio{Num: 1000, Den: 1})
	return fmt.Sprintf("%02d:%02d:%02d.%03d", ms/3600000, ms/60000%60, ms/1000%60, ms%1000)
}

// readTable reads either kind, and what a spreadsheet makes of it: parted by
// semicolons, with a row of headings, without names.
func readTable(text string, _ Reading) ([]Cut, error) {
	in := csv.NewReader(strings.NewReader(text))
	in.Comma, in.FieldsPerRecord, in.LazyQuotes, in.TrimLeadingSpace = commaOf(text), -1, true, false
	var cuts []Cut
	for first := true; ; first = false {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return cuts, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrList, err)
		}
		line, _ := in.FieldPos(0)
		cut, err := readRow(row, line)
		switch {
		case err != nil && first && headings(row):
			continue
		case err != nil:
			return nil, err
		case len(cuts) >= maxCuts:
			return nil, wrong(line, "there are more than %d parts", maxCuts)
		}
		cuts = append(cuts, cut)
	}
}

// commaOf is what parts the columns, going by the first line.
func commaOf(text string) rune {
	line, _, _ := strings.Cut(text, "\n")
	for _, comma := range "\t;" {
		if strings.ContainsRune(line, comma) {
			return comma
		}
	}
	return ','
}

// headings says whether a row has no digit where times would be.
func headings(row []string) bool {
	return len(row) >= 2 && !strings.ContainsAny(row[0]+row[1], "0123456789")
}

func readRow(row []string, line int) (Cut, error) {
	if len(row) < 2 || len(row) > 16 {
		return Cut{}, wrong(line, "there should be start, end and name, but there are %d columns", len(row))
	}
	cut := Cut{Line: line, ToEnd: strings.TrimSpace(row[1]) == ""}
	var err error
	if cut.From, err = moment(row[0]); err != nil {
		return cut, wrong(line, "%q is no time; write seconds, such as 12.5", short(row[0]))
	}
	if cut.To, err = moment(row[1]); err != nil {
		return cut, wrong(line, "%q is no time; write seconds, such as 12.5", short(row[1]))
	}
	if len(row) > 2 {
		cut.Name = oneLine(row[2])
	}
	return cut, cut.check()
}

// moment reads a time; nothing is the beginning.
func moment(text string) (editor.Time, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return editor.Time{}, nil
	}
	if strings.Trim(text, "0123456789.:-") != "" {
		return editor.Time{}, editor.ErrTime
	}
	return editor.ParseTime(text)
}

// short is the beginning of a text, to be shown in an error.
func short(text string) string {
	if letters := []rune(text); len(letters) > 40 {
		return string(letters[:39]) + "…"
	}
	return text
}
