#ifndef PARLEY_VP8_DECODER_H
#define PARLEY_VP8_DECODER_H

#include <stdbool.h>
#include <vpx/vp8dx.h>
#include <vpx/vpx_decoder.h>

// One decoder and the picture that it gave last.
typedef struct {
	vpx_codec_ctx_t codec;
	bool ready;
	const vpx_image_t *image; // NULL when nothing is to be shown
	bool corrupted;
} parley_vp8_decoder;

parley_vp8_decoder *parley_vp8_decoder_new(void);
void parley_vp8_decoder_free(parley_vp8_decoder *d);

// Returns 0 or a vpx_codec_err_t. The image is valid until the next call.
int parley_vp8_decode(parley_vp8_decoder *d, const unsigned char *unit, unsigned size);

#endif
