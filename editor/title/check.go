package title

import (
	"errors"
	"fmt"
	"slices"

	"parley/editor"
)

// Bounds of a template.
const (
	maxFields = 12
	maxItems  = 24
)

// check says in one sentence what is wrong with the template.
func (t template) check() error {
	if err := editor.CheckEffectName(t.Name); err != nil {
		return err
	}
	switch {
	case t.Label == "":
		return errors.New("the template has no label")
	case len(t.Fields) > maxFields:
		return fmt.Errorf("the template has %d fields; %d are possible", len(t.Fields), maxFields)
	case len(t.Items) == 0 || len(t.Items) > maxItems:
		return fmt.Errorf("the template has %d items; 1 to %d are possible", len(t.Items), maxItems)
	}
	if err := number(t.Order, -1e6, 1e6, "order"); err != nil {
		return err
	}
	for _, f := range t.Fields {
		if err := f.check(); err != nil {
			return err
		}
	}
	if t.Ground != nil {
		if err := t.Ground.check(); err != nil {
			return err
		}
	}
	return t.block.check(t.Fields)
}

func (f field) check() error {
	switch {
	case f.Label == "":
		return fmt.Errorf("the field %q has no label", f.Name)
	case f.Name == themeField || f.Name == accentField:
		return fmt.Errorf("every template has a field %q already", f.Name)
	case f.Kind == editor.ChoiceField && len(f.Choices) == 0:
		return fmt.Errorf("there is nothing to choose for the field %q", f.Name)
	case !slices.Contains([]editor.FieldKind{"", editor.TextField, editor.LinesField, editor.ColorField, editor.ChoiceField}, f.Kind):
		return fmt.Errorf("%q is no kind of field; choose text, lines, color or choice", f.Kind)
	}
	return editor.CheckEffectName(f.Name)
}

func (b block) check(fields []field) error {
	if err := oneOf(b.Anchor[0], "left", "center", "right"); err != nil {
		return err
	}
	if err := oneOf(b.Anchor[1], "top", "middle", "bottom"); err != nil {
		return err
	}
	if err := oneOf(b.Align, "", "left", "center", "right"); err != nil {
		return err
	}
	err := errors.Join(number(b.Margin[0], 0, 0.4, "margin"), number(b.Margin[1], 0, 0.4, "margin"),
		number(b.Width, 0.1, 4, "width"), b.Panel.check(), b.Enter.check(), b.Leave.check())
	if err != nil {
		return err
	}
	for i, it := range b.Items {
		if err := it.check(fields); err != nil {
			return fmt.Errorf("item %d: %w", i+1, err)
		}
	}
	return nil
}

func (it item) check(fields []field) error {
	for _, name := range []string{it.Text, it.Needs} {
		if name != "" && !slices.ContainsFunc(fields, func(f field) bool { return f.Name == name }) {
			return fmt.Errorf("there is no field %q", name)
		}
	}
	if it.Text != "" || it.Say != "" {
		if err := number(it.Size, 0.005, 0.6, "size"); err != nil {
			return err
		}
	} else if err := errors.Join(number(it.Rule[0], 0, 4, "rule's width"), number(it.Rule[1], 0.0005, 1, "rule's height")); err != nil {
		return err
	}
	if it.Weight != 0 && (it.Weight < 100 || it.Weight > 900) || it.Lines < 0 || it.Lines > 40 {
		return fmt.Errorf("a weight of %d and %d lines are not possible", it.Weight, it.Lines)
	}
	if it.Font != "" {
		if err := oneOf(it.Font, themeFonts...); err != nil {
			return err
		}
	}
	return errors.Join(number(it.Leading, 0, 4, "leading"), number(it.Spacing, 0, 2, "spacing"), number(it.Opacity, 0, 1, "opacity"),
		number(it.Radius, 0, 0.5, "radius"), number(it.Gap, -1, 1, "gap"), it.Panel.check(), it.Shadow.check(), it.Enter.check(), it.Leave.check(),
		color(it.Color).check())
}

func (p *panel) check() error {
	if p == nil {
		return nil
	}
	if p.Bar != nil {
		if err := errors.Join(oneOf(p.Bar.Edge, "left", "top", "bottom"), number(p.Bar.Size, 0.0005, 0.5, "bar"),
			number(p.Bar.Inset, 0, 0.5, "inset"), number(p.Bar.Gap, 0, 0.5, "gap"), color(p.Bar.Color).check()); err != nil {
			return err
		}
	}
	return errors.Join(number(p.Opacity, 0, 1, "opacity"), number(p.Pad[0], 0, 1, "pad"), number(p.Pad[1], 0, 1, "pad"),
		number(p.Radius, 0, 0.5, "radius"), number(p.Soft, 0, 0.5, "soft edge"), p.Enter.check(), p.Leave.check(), color(p.Color).check())
}

func (s *shadow) check() error {
	if s == nil {
		return nil
	}
	return errors.Join(number(s.Size, 0, 0.1, "shadow"), number(s.Opacity, 0, 1, "shadow"), color(s.Color).check())
}

func oneOf(s string, possible ...string) error {
	if slices.Contains(possible, s) {
		return nil
	}
	return fmt.Errorf("%q is not possible; choose one of %q", s, possible)
}

// number refuses what is not between two bounds. NaN is between none.
func number(v, least, most float64, what string) error {
	if v >= least && v <= most {
		return nil
	}
	return fmt.Errorf("a %s of %g is not possible; choose %g to %g", what, v, least, most)
}
