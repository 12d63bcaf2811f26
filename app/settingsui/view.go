package settingsui

import (
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
	"parley/app/settings"
	"parley/call"
)

// Store keeps the settings; *settings.Store is one.
type Store interface {
	Get() settings.Settings
	Change(func(*settings.Settings)) error
}

// Facts are shown and cannot be changed here.
type Facts struct {
	Recordings string // the folder used unless another is chosen
	Port       int
	Version    string
}

// Effects put what is chosen to use at once.
type Effects struct {
	Dress func(theme string)
	Voice func(call.VoiceConfig) error
	Cache Cache        // nil: there is none
	Hop   func(func()) // has a function called on Fyne's goroutine; needed with Cache
	Login Login        // nil: that is not known here
	Tray  bool         // there can be an icon in the desktop's tray
}

// View is the Settings tab.
type View struct {
	store  Store
	window fyne.Window
	facts  Facts
	effect Effects

	content *fyne.Container
	name    *widget.Entry
	folder  *widget.Label
	theme   *choice
	lang    *choice
	size    *choice
	rate    *choice
	voice   [3]*widget.Check // echo, noise, gain
	servers *widget.Entry
	reach   *fyne.Container
	meeting [2]*widget.Entry // rendezvous and the key there
	cache   *cacheRow
	status  *widget.Label

	background sync.WaitGroup
}

// New builds the tab.
func New(store Store, window fyne.Window, facts Facts, effect Effects) *View {
	v := &View{store: store, window: window, facts: facts, effect: effect}
	now := store.Get()
	v.name = widget.NewEntry()
	v.name.SetPlaceHolder(lang.L("The name that others see when you call"))
	v.name.SetText(now.Name)
	v.name.OnChanged = func(s string) { v.change(func(t *settings.Settings) { t.Name = s }) }
	v.folder = widget.NewLabel("")
	v.folder.Truncation = fyne.TextTruncateEllipsis
	v.theme = newChoice(translated(look.Themes()), now.Theme, v.chooseTheme)
	languages := append([]look.Named{{Name: "", Title: lang.L("As the system")}}, look.Languages()...)
	v.lang = newChoice(languages, now.Language, v.chooseLanguage)
	v.size = newChoice(sizes(), sizeName(now), v.chooseSize)
	v.rate = newChoice(rates(), rateName(now), v.chooseRate)
	v.voice = v.voiceSwitches(now)
	v.servers = v.serverLines(now)
	v.reach = v.reachSwitches(now)
	v.meeting = v.meetingLines(now)
	v.cache = v.newCacheRow(now)
	v.status = widget.NewLabel("")
	v.status.Wrapping = fyne.TextWrapWord
	v.status.Importance = widget.WarningImportance
	v.status.Hide()
	v.showFolder(now)
	v.content = v.lay()
	return v
}

// Content is what the window shows.
func (v *View) Content() fyne.CanvasObject { return v.content }

func (v *View) lay() *fyne.Container {
	choose := widget.NewButtonWithIcon(lang.L("Choose…"), theme.FolderOpenIcon(), v.chooseFolder)
	usual := widget.NewButton(lang.L("Usual"), func() { v.setFolder("") })
	column := container.New(layout.NewCustomPaddedVBoxLayout(4),
		heading(lang.L("Settings")),
		look.Gap(1, 8),
		section(lang.L("You")),
		row(lang.L("Name"), v.name),
		row(lang.L("Recordings"), container.NewBorder(nil, nil, nil, container.NewHBox(choose, usual), v.folder)),
		look.Gap(1, 12),
		section(lang.L("Look")),
		row(lang.L("Theme"), v.theme.list),
		row(lang.L("Language"), v.lang.list),
		look.Gap(1, 12),
		section(lang.L("Sound")),
		row(lang.L("Microphone"), v.voice[0]),
		row("", v.voice[1]),
		row("", v.voice[2]),
		look.Gap(1, 12),
		section(lang.L("Being called")),
		v.reach,
		look.Gap(1, 12),
		section(lang.L("Picture")),
		row(lang.L("Size"), v.size.list),
		row(lang.L("Pictures a second"), v.rate.list),
		look.Gap(1, 12),
		section(lang.L("Films")),
		row(lang.L("Rendered parts"), v.cache.content()),
		look.Gap(1, 12),
		section(lang.L("Network")),
		row(lang.L("Port"), widget.NewLabel(v.portText())),
		row(lang.L("Rendezvous"), v.meeting[0]),
		row(lang.L("Invitation key"), v.meeting[1]),
		row(lang.L("Servers"), v.servers),
		look.Gap(1, 8),
		v.status,
	)
	padded := container.New(layout.NewCustomPaddedLayout(28, 28, 36, 36), container.New(narrow{680}, column))
	return look.Wheeled(container.NewVScroll(padded))
}

func heading(text string) fyne.CanvasObject {
	return widget.NewRichText(&widget.TextSegment{Text: text, Style: widget.RichTextStyleHeading})
}

func section(text string) fyne.CanvasObject {
	l := widget.NewLabel(text)
	l.TextStyle.Bold = true
	return container.NewVBox(l, widget.NewSeparator())
}

func row(name string, what fyne.CanvasObject) fyne.CanvasObject {
	return container.New(nameColumn{190}, widget.NewLabel(name), what)
}

func (v *View) portText() string {
	return lang.L("{{.Port}}, TCP and UDP; forward it to this computer to be called from outside",
		map[string]any{"Port": v.facts.Port})
}

// change saves, and says so where that fails.
func (v *View) change(f func(*settings.Settings)) {
	if err := v.store.Change(f); err != nil {
		v.say(err.Error())
	}
}

func (v *View) say(text string) {
	v.status.SetText(text)
	v.status.Show()
}

func (v *View) chooseTheme(name string) {
	v.change(func(s *settings.Settings) { s.Theme = name })
	v.effect.Dress(name)
}

func (v *View) chooseLanguage(tag string) {
	v.change(func(s *settings.Settings) { s.Language = tag })
	v.say(lang.L("The language changes when Parley is started again."))
}

func (v *View) showFolder(s settings.Settings) {
	dir := s.Recordings
	if dir == "" {
		dir = v.facts.Recordings
	}
	v.folder.SetText(dir)
}

func (v *View) chooseFolder() {
	dialog.ShowFolderOpen(func(u fyne.ListableURI, err error) {
		if err != nil {
			v.say(err.Error())
			return
		}
		if u != nil {
			v.setFolder(u.Path())
		}
	}, v.window)
}

func (v *View) setFolder(dir string) {
	v.change(func(s *settings.Settings) { s.Recordings = dir })
	v.showFolder(v.store.Get())
}
