#ifndef PARLEY_VP8_ENCODER_H
#define PARLEY_VP8_ENCODER_H

#include <stdbool.h>
#include <stddef.h>
#include <vpx/vp8cx.h>
#include <vpx/vpx_encoder.h>

// One encoder and the memory that its calls need, so that a frame costs no
// allocation on either side of the border.
typedef struct {
	vpx_codec_ctx_t codec;
	vpx_codec_enc_cfg_t config;
	vpx_image_t image;
	bool ready;
	// The frame that came out last; valid until the next call, empty when rate
	// control dropped it.
	const unsigned char *data;
	size_t size;
	bool key;
} parley_vp8_encoder;

typedef struct {
	int width, height, kilobits, threads, speed, intra_percent;
	bool screen, master;
} parley_vp8_settings;

// Time stamps are counted as RTP does.
enum { parley_vp8_clock = 90000 };

parley_vp8_encoder *parley_vp8_encoder_new(parley_vp8_settings settings);
void parley_vp8_encoder_free(parley_vp8_encoder *e);

// The rest return 0 or a vpx_codec_err_t.
int parley_vp8_encode(parley_vp8_encoder *e,
	unsigned char *y, unsigned char *cb, unsigned char *cr,
	int y_stride, int c_stride, long long at, unsigned long duration, bool key);
int parley_vp8_set_bit_rate(parley_vp8_encoder *e, int kilobits);
int parley_vp8_set_intra_percent(parley_vp8_encoder *e, int percent);
int parley_vp8_set_speed(parley_vp8_encoder *e, int speed);

#endif
