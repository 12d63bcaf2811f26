#include "decoder.h"

#include <stddef.h>

enum { most_frames = 48, celt_only = 0x80, stereo = 0x04 };

// The redundancy (LBRR) is a part of SILK, told by a flag behind the flags for
// voice in the first frame: a bit for each 20 ms of each channel (RFC 6716
// section 4.2.3 and 4.2.4). They are coded with even chances, which is why they
// stand as plain bits at the front.
static int flagged(const unsigned char *frame, int silk_frames, int channels) {
	int bit = 7 - silk_frames;
	for (int i = 0; i < channels; i++, bit -= silk_frames + 1)
		if (frame[0] >> bit & 1)
			return 1;
	return 0;
}

int parley_opus_redundant(const unsigned char *packet, int size, int sample_rate) {
	const unsigned char *frames[most_frames];
	opus_int16 sizes[most_frames];
	unsigned char toc;
	int n = opus_packet_parse(packet, size, &toc, frames, sizes, NULL);
	if (n < 0)
		return n;
	if (toc & celt_only || n == 0 || sizes[0] < 2)
		return 0;
	int samples = opus_packet_get_samples_per_frame(packet, sample_rate);
	int silk_frames = samples * 50 / sample_rate;
	if (silk_frames < 1)
		silk_frames = 1;
	return flagged(frames[0], silk_frames, toc & stereo ? 2 : 1) ? samples : 0;
}
