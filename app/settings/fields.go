package settings

import (
	"reflect"
	"strings"
)

// fieldNames are the names in the file of all fields of Settings.
var fieldNames = namesOf(reflect.TypeFor[Settings]())

func namesOf(t reflect.Type) []string {
	names := make([]string, 0, t.NumField())
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}
