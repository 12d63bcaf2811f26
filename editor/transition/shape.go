package transition

import "parley/editor"

// shapes uncover the picture that comes from the middle, or around it.
func shapes() []editor.Blend {
	return []editor.Blend{
		blend("circle-open", "Circle opens", "circleopen", steady),
		blend("circle-close", "Circle closes", "circleclose", steady),
	}
}
