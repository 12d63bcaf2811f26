package call

// ScreenMedia is a PeerMedia that can send and show a screen beside the
// camera. Its tracks are there from the beginning of a call, so that sharing
// begins without a negotiation; nothing is sent on one until a person shares.
type ScreenMedia interface {
	// SendScreen is as SendVideo.
	SendScreen(VideoOut)
	// ReceiveScreen is as ReceiveVideo.
	ReceiveScreen(VideoIn)
	// ScreenKeyFrameWanted is as KeyFrameWanted.
	ScreenKeyFrameWanted()
}

// screenEnd is the size in pixels of the black picture that says, as a shared
// screen's last one, that it is over: smaller than any screen. Where it is
// lost, the pause after it says the same.
const screenEnd = 16

// endsScreen tells the last picture of a shared screen.
func (p *Picture) endsScreen() bool { return p.Width() == screenEnd && p.Height() == screenEnd }
