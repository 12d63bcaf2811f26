#ifndef PARLEY_OPUS_ENCODER_H
#define PARLEY_OPUS_ENCODER_H

#include <opus.h>

// libopus sets its options through variadic functions, which Go cannot call.
OpusEncoder *parley_opus_encoder_new(int sample_rate, int dtx, int *error);
int parley_opus_set_bit_rate(OpusEncoder *e, int bps);
int parley_opus_set_loss(OpusEncoder *e, int percent);

#endif
