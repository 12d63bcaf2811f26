#ifndef PARLEY_OPUS_DECODER_H
#define PARLEY_OPUS_DECODER_H

#include <opus.h>

// Samples at sample_rate of the packet before this one that this one holds
// again, with less detail; 0 where it holds none, or an error of libopus.
int parley_opus_redundant(const unsigned char *packet, int size, int sample_rate);

#endif
