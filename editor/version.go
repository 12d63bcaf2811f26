package editor

// Version is what an edit changes, and what undoing it brings back: the
// timeline with its music and mastering, and what the film is made as.
type Version struct {
	Timeline Timeline
	Output   *Output // nil: chosen from the clips, see Project.Spec
}
