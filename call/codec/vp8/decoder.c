#include "decoder.h"

#include <stdlib.h>

parley_vp8_decoder *parley_vp8_decoder_new(void) {
	parley_vp8_decoder *d = calloc(1, sizeof *d);
	if (!d)
		return NULL;
	// One thread: a picture of 720p takes 2 ms. No error concealment: a
	// concealed picture looks whole and is not.
	vpx_codec_dec_cfg_t config = {.threads = 1};
	if (vpx_codec_dec_init(&d->codec, vpx_codec_vp8_dx(), &config, 0)) {
		free(d);
		return NULL;
	}
	d->ready = true;
	return d;
}

void parley_vp8_decoder_free(parley_vp8_decoder *d) {
	if (d->ready)
		vpx_codec_destroy(&d->codec);
	free(d);
}

int parley_vp8_decode(parley_vp8_decoder *d, const unsigned char *unit, unsigned size) {
	d->image = NULL;
	int failed = vpx_codec_decode(&d->codec, unit, size, NULL, 0);
	if (failed)
		return failed;
	int corrupted = 0;
	failed = vpx_codec_control(&d->codec, VP8D_GET_FRAME_CORRUPTED, &corrupted);
	d->corrupted = corrupted;
	vpx_codec_iter_t iter = NULL;
	d->image = vpx_codec_get_frame(&d->codec, &iter);
	return failed;
}
