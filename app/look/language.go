package look

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"strings"

	"fyne.io/fyne/v2/lang"

	"parley/assets"
)

// nameKey is the entry of a language file that tells the language's own name.
const nameKey = "languageName"

// Languages lists the languages that there are, by tag, with their own names.
func Languages() []Named {
	var list []Named
	entries, err := assets.Languages.ReadDir("languages")
	if err != nil {
		return nil
	}
	for _, e := range entries {
		tag := strings.TrimSuffix(e.Name(), path.Ext(e.Name()))
		list = append(list, Named{tag, languageName(tag)})
	}
	return list
}

func languageName(tag string) string {
	var texts map[string]any
	data, err := assets.Languages.ReadFile("languages/" + tag + ".json")
	if err != nil || json.Unmarshal(data, &texts) != nil {
		return tag
	}
	if name, ok := texts[nameKey].(string); ok {
		return name
	}
	return tag
}

// Speak makes lang.L answer in a language by tag; "" is the system's. It is
// called before anything is shown: texts on the screen stay as they are.
func Speak(tag string) error {
	if tag != "" {
		// Fyne takes the language from the environment alone.
		defer setenv("LC_ALL", tag+".UTF-8")()
		defer setenv("LANGUAGE", tag)()
	}
	if err := lang.AddTranslationsFS(assets.Languages, "languages"); err != nil {
		return fmt.Errorf("a language file is damaged, some texts stay English: %w", err)
	}
	return nil
}

func setenv(name, value string) (restore func()) {
	before, was := os.LookupEnv(name)
	_ = os.Setenv(name, value) // fails for impossible names only
	return func() {
		if was {
			_ = os.Setenv(name, before)
			return
		}
		_ = os.Unsetenv(name)
	}
}
