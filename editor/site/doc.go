// Package site makes a folder that a media site can serve as it is: the film
// in two formats, a poster, subtitles, chapters, what is known of it as JSON,
// and a page that plays it without anything from elsewhere. It also checks such
// a folder, whoever made it or moved it.
//
//	film.mp4  film.webm  poster.jpg  subtitles.vtt  chapters.vtt
//	metadata.json  index.html
//
// It renders through an interface and starts no goroutine of its own.
package site
