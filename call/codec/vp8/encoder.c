#include "encoder.h"

#include <stdlib.h>
#include <string.h>

static void set_rate_control(vpx_codec_enc_cfg_t *c, const parley_vp8_settings *s) {
	c->rc_end_usage = VPX_CBR;
	c->rc_target_bitrate = s->kilobits;
	c->rc_min_quantizer = s->screen ? 8 : 2;
	c->rc_max_quantizer = s->master ? 48 : 60;
	c->rc_dropframe_thresh = s->master ? 0 : 30;
	c->rc_resize_allowed = 0;
	c->rc_undershoot_pct = 100;
	c->rc_overshoot_pct = 15;
	c->rc_buf_initial_sz = 500; // milliseconds
	c->rc_buf_optimal_sz = 600;
	c->rc_buf_sz = 1000;
}

static void set_config(vpx_codec_enc_cfg_t *c, const parley_vp8_settings *s) {
	c->g_w = s->width;
	c->g_h = s->height;
	c->g_threads = s->threads;
	c->g_timebase.num = 1;
	c->g_timebase.den = parley_vp8_clock;
	// A loss is repaired or answered with a key frame, so the probabilities may
	// build on each other, which saves bits.
	c->g_error_resilient = 0;
	c->g_pass = VPX_RC_ONE_PASS;
	c->g_lag_in_frames = 0;
	c->kf_mode = VPX_KF_DISABLED; // key frames are asked for
	set_rate_control(c, s);
}

static int log2_of(int n) { return n >= 8 ? 3 : n >= 4 ? 2 : n >= 2 ? 1 : 0; }

static int set_controls(parley_vp8_encoder *e, const parley_vp8_settings *s) {
	vpx_codec_ctx_t *c = &e->codec;
	return vpx_codec_control(c, VP8E_SET_CPUUSED, -s->speed) ||
		vpx_codec_control(c, VP8E_SET_NOISE_SENSITIVITY, 0u) ||
		vpx_codec_control(c, VP8E_SET_STATIC_THRESHOLD, s->master ? 0u : s->screen ? 100u : 1u) ||
		vpx_codec_control(c, VP8E_SET_TOKEN_PARTITIONS, log2_of(s->threads)) ||
		vpx_codec_control(c, VP8E_SET_MAX_INTRA_BITRATE_PCT, (unsigned)s->intra_percent) ||
		vpx_codec_control(c, VP8E_SET_SCREEN_CONTENT_MODE, s->screen ? 1u : 0u);
}

static int start(parley_vp8_encoder *e, const parley_vp8_settings *s) {
	vpx_codec_iface_t *vp8 = vpx_codec_vp8_cx();
	if (vpx_codec_enc_config_default(vp8, &e->config, 0))
		return -1;
	set_config(&e->config, s);
	if (vpx_codec_enc_init(&e->codec, vp8, &e->config, 0))
		return -1;
	e->ready = true;
	// The planes come with each picture; the wrapping is for the shape alone.
	unsigned char nothing = 0;
	vpx_img_wrap(&e->image, VPX_IMG_FMT_I420, s->width, s->height, 1, &nothing);
	return set_controls(e, s);
}

parley_vp8_encoder *parley_vp8_encoder_new(parley_vp8_settings settings) {
	parley_vp8_encoder *e = calloc(1, sizeof *e);
	if (e && start(e, &settings) != 0) {
		parley_vp8_encoder_free(e);
		return NULL;
	}
	return e;
}

void parley_vp8_encoder_free(parley_vp8_encoder *e) {
	if (e->ready)
		vpx_codec_destroy(&e->codec);
	free(e);
}

static void collect(parley_vp8_encoder *e) {
	vpx_codec_iter_t iter = NULL;
	const vpx_codec_cx_pkt_t *p;
	e->size = 0;
	while ((p = vpx_codec_get_cx_data(&e->codec, &iter)) != NULL) {
		if (p->kind != VPX_CODEC_CX_FRAME_PKT)
			continue;
		e->data = p->data.frame.buf;
		e->size = p->data.frame.sz;
		e->key = p->data.frame.flags & VPX_FRAME_IS_KEY;
	}
}

int parley_vp8_encode(parley_vp8_encoder *e,
	unsigned char *y, unsigned char *cb, unsigned char *cr,
	int y_stride, int c_stride, long long at, unsigned long duration, bool key) {
	vpx_image_t *i = &e->image;
	i->planes[VPX_PLANE_Y] = y;
	i->planes[VPX_PLANE_U] = cb;
	i->planes[VPX_PLANE_V] = cr;
	i->stride[VPX_PLANE_Y] = y_stride;
	i->stride[VPX_PLANE_U] = i->stride[VPX_PLANE_V] = c_stride;
	int failed = vpx_codec_encode(&e->codec, i, at, duration,
		key ? VPX_EFLAG_FORCE_KF : 0, VPX_DL_REALTIME);
	// The planes are Go's; C keeps no pointer to them after the call.
	memset(i->planes, 0, sizeof i->planes);
	if (!failed)
		collect(e);
	return failed;
}

int parley_vp8_set_bit_rate(parley_vp8_encoder *e, int kilobits) {
	e->config.rc_target_bitrate = kilobits;
	return vpx_codec_enc_config_set(&e->codec, &e->config);
}

int parley_vp8_set_intra_percent(parley_vp8_encoder *e, int percent) {
	return vpx_codec_control(&e->codec, VP8E_SET_MAX_INTRA_BITRATE_PCT, (unsigned)percent);
}

int parley_vp8_set_speed(parley_vp8_encoder *e, int speed) {
	return vpx_codec_control(&e->codec, VP8E_SET_CPUUSED, -speed);
}
