// Package assets holds what Parley is shown with: icons, themes, languages,
// and the files that install it on a Linux desktop. It is data; a theme or a
// language is one file more.
package assets
