package settingsui

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/app/look"
	"parley/app/settings"
)

// Cache is what can be made again. Its methods may take a while and are called
// off Fyne's goroutine.
type Cache interface {
	Size() (int64, error) // bytes
	Trim(limit int64) error
	Clear() error
}

// cacheRow bounds the cache, tells how large it is and empties it.
type cacheRow struct {
	view   *View
	limit  *choice
	size   *widget.Label
	clear  *widget.Button
	asking bool // an answer is on its way
	stale  bool // and will be out of date
}

func (v *View) newCacheRow(now settings.Settings) *cacheRow {
	r := &cacheRow{view: v, size: widget.NewLabel("")}
	r.limit = newChoice(cacheSizes(), strconv.Itoa(int(now.CacheLimit()>>30)), r.choose)
	r.clear = widget.NewButtonWithIcon(lang.L("Clear"), theme.DeleteIcon(), func() { r.work(v.effect.Cache.Clear) })
	return r
}

func (r *cacheRow) content() fyne.CanvasObject {
	return container.NewBorder(nil, nil, r.limit.list, r.clear, r.size)
}

func cacheSizes() []look.Named {
	var list []look.Named
	for _, n := range []int{1, 2, 4, 8, 16, 32, 64} {
		list = append(list, look.Named{Name: strconv.Itoa(n), Title: lang.L("up to {{.Size}} GB", map[string]any{"Size": n})})
	}
	return list
}

func (r *cacheRow) choose(name string) {
	n, err := strconv.Atoi(name)
	if err != nil {
		return // only names of sizes come here
	}
	r.view.change(func(s *settings.Settings) { s.CacheGB = n })
	limit := r.view.store.Get().CacheLimit()
	r.work(func() error { return r.view.effect.Cache.Trim(limit) })
}

// work does something to the cache in the background, one thing at a time, and
// then tells its size.
func (r *cacheRow) work(do func() error) {
	if r.view.effect.Cache == nil {
		return
	}
	if r.asking {
		r.stale = true
		return
	}
	r.asking = true
	r.clear.Disable()
	r.view.background.Go(func() {
		err := do()
		size, sizeErr := r.view.effect.Cache.Size()
		r.view.effect.Hop(func() { r.told(size, err, sizeErr) })
	})
}

func (r *cacheRow) told(size int64, errs ...error) {
	r.asking = false
	r.clear.Enable()
	for _, err := range errs {
		if err != nil {
			r.view.say(err.Error())
		}
	}
	r.size.SetText(lang.L("{{.Size}} used", map[string]any{"Size": bytes(size)}))
	if r.stale {
		r.stale = false
		limit := r.view.store.Get().CacheLimit()
		r.work(func() error { return r.view.effect.Cache.Trim(limit) })
	}
}

// Shown tells the tab that the person came to it.
func (v *View) Shown() { v.cache.work(func() error { return nil }) }

// Close waits for what the tab has begun; it is idempotent.
func (v *View) Close() error {
	v.background.Wait()
	return nil
}

func bytes(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.0f MB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%.0f kB", float64(n)/(1<<10))
}
