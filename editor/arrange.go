package editor

// shown are the video tracks of a recording that an arrangement shows, from
// left to right: mine, then theirs, one of each at most.
func shown(r *Recording, a Arrangement) []Track {
	var tracks []Track
	for _, who := range []Party{Me, Them} {
		if a == OnlyMe && who != Me || a == OnlyThem && who != Them {
			continue
		}
		for _, t := range r.Of(VideoStream) {
			if t.Who == who {
				tracks = append(tracks, t)
				break
			}
		}
	}
	return tracks
}
