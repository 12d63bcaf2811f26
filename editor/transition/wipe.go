package transition

import "parley/editor"

// wipes uncover the picture that comes: with an edge, or softly.
func wipes() []editor.Blend {
	return []editor.Blend{
		blend("wipe-left", "Wipe left", "wipeleft", eased),
		blend("wipe-right", "Wipe right", "wiperight", eased),
		blend("wipe-up", "Wipe up", "wipeup", eased),
		blend("wipe-down", "Wipe down", "wipedown", eased),
		blend("soft-wipe-left", "Soft wipe left", "smoothleft", steady),
		blend("soft-wipe-right", "Soft wipe right", "smoothright", steady),
		blend("soft-wipe-up", "Soft wipe up", "smoothup", steady),
		blend("soft-wipe-down", "Soft wipe down", "smoothdown", steady),
	}
}
