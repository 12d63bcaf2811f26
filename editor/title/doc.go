// Package title writes what is to be read in a film: titles from templates,
// and burnt subtitles. What comes out is an ASS script, which libass draws
// inside ffmpeg: with the right shapes, joints and directions of every
// writing, over pictures that move, and with an alpha that fades.
//
//	template + theme + fields ── pile (lines that fit) ── elements ── events
//
// Templates and themes are data files, so that anybody can add one without a
// compiler; parseTemplate and parseTheme tell what they may have. A template
// is a pile of texts and rules at one of nine places of the frame:
//
//	{
//	  "name": "lower-third", "label": "Name and role", "group": "Lower thirds", "order": 20,
//	  "fields": [{"name": "title", "label": "Name"}, {"name": "subtitle", "label": "Role"}],
//	  "anchor": ["left", "bottom"], "margin": [0.08, 0.09], "width": 1.1, "mirror": true,
//	  "panel": {"color": "panel", "opacity": 0.9, "pad": [0.03, 0.02], "radius": 0.012},
//	  "items": [
//	    {"text": "title", "font": "heading", "weight": 700, "size": 0.05},
//	    {"text": "subtitle", "size": 0.03, "color": "muted", "gap": 0.006}
//	  ],
//	  "enter": {"kind": "slide", "time": 0.5, "distance": 0.04},
//	  "leave": {"kind": "fade", "time": 0.3}
//	}
//
// Lengths are fractions of the frame's shorter side, so that a template fits
// wide, upright and square films; colours are names of the theme's.
package title
