#include "encoder.h"

#include <stddef.h>

// Complexity 9 of 10: measured 0.28 ms a packet, and 0.34 with 10, which sounds
// the same for speech.
static const int complexity = 9;

OpusEncoder *parley_opus_encoder_new(int sample_rate, int dtx, int *error) {
	OpusEncoder *e = opus_encoder_create(sample_rate, 1, OPUS_APPLICATION_VOIP, error);
	if (!e)
		return NULL;
	opus_encoder_ctl(e, OPUS_SET_COMPLEXITY(complexity));
	opus_encoder_ctl(e, OPUS_SET_SIGNAL(OPUS_SIGNAL_VOICE));
	opus_encoder_ctl(e, OPUS_SET_INBAND_FEC(1));
	opus_encoder_ctl(e, OPUS_SET_DTX(dtx));
	return e;
}

int parley_opus_set_bit_rate(OpusEncoder *e, int bps) {
	return opus_encoder_ctl(e, OPUS_SET_BITRATE(bps));
}

int parley_opus_set_loss(OpusEncoder *e, int percent) {
	return opus_encoder_ctl(e, OPUS_SET_PACKET_LOSS_PERC(percent));
}
