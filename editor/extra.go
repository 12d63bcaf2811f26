package editor

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"sync"
)

// Extra is the fields of a JSON object that this version does not know. They
// are kept where they were found and written back, so that a file which went
// through an older Parley loses nothing.
type Extra map[string]json.RawMessage

// decodeKeeping reads an object into the struct at into, and returns the
// fields for which it has no place.
func decodeKeeping(data []byte, into any) (Extra, error) {
	if err := json.Unmarshal(data, into); err != nil {
		return nil, err
	}
	var extra Extra
	if err := json.Unmarshal(data, &extra); err != nil {
		return nil, err
	}
	known := fieldNames(reflect.TypeOf(into).Elem())
	for name := range extra {
		if known[fold(name)] {
			delete(extra, name)
		}
	}
	if len(extra) == 0 {
		return nil, nil
	}
	return extra, nil
}

// encodeKeeping writes the struct v with the extra fields behind its own.
func encodeKeeping(v any, extra Extra) ([]byte, error) {
	data, err := json.Marshal(v)
	if err != nil || len(extra) == 0 {
		return data, err
	}
	more, err := json.Marshal(map[string]json.RawMessage(extra))
	if err != nil {
		return nil, err
	}
	data = bytes.TrimSuffix(data, []byte("}"))
	if len(data) > 1 {
		data = append(data, ',')
	}
	return append(data, more[1:]...), nil
}

var fieldNamesOf sync.Map // of reflect.Type to map[string]bool

// fieldNames are the folded JSON names of a struct's fields.
func fieldNames(t reflect.Type) map[string]bool {
	if names, ok := fieldNamesOf.Load(t); ok {
		return names.(map[string]bool)
	}
	names := make(map[string]bool, t.NumField())
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name != "-" && name != "" {
			names[fold(name)] = true
		}
	}
	fieldNamesOf.Store(t, names)
	return names
}

// fold makes names equal that encoding/json takes for equal: it has no regard
// to case, and takes the long s and the Kelvin sign for letters too.
func fold(name string) string { return strings.ToLower(strings.ToUpper(name)) }
