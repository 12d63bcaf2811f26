#ifndef PARLEY_H264_ENCODER_H
#define PARLEY_H264_ENCODER_H

#include <stdbool.h>
#include <wels/codec_api.h>

// One encoder and the memory that its calls need, so that a frame costs no
// allocation on either side of the border.
typedef struct {
	ISVCEncoder *svc;
	SFrameBSInfo info;
	SSourcePicture picture;
	// The access unit in the order of its layers; valid until the next call.
	struct { const unsigned char *data; int size; } part[MAX_LAYER_NUM_OF_FRAME];
	int parts;
} parley_h264_encoder;

typedef struct {
	int width, height, bit_rate, threads;
	float frame_rate;
	bool screen, master;
} parley_h264_settings;

parley_h264_encoder *parley_h264_encoder_new(parley_h264_settings settings);
void parley_h264_encoder_free(parley_h264_encoder *e);

// Returns the frame's type (EVideoFrameType), or -1 when encoding failed.
int parley_h264_encode(parley_h264_encoder *e,
	unsigned char *y, unsigned char *cb, unsigned char *cr,
	int y_stride, int c_stride, long long ms, bool key);

int parley_h264_set_bit_rate(parley_h264_encoder *e, int bps);
int parley_h264_set_frame_rate(parley_h264_encoder *e, float fps);

#endif
