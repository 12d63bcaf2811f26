#ifndef PARLEY_H264_DECODER_H
#define PARLEY_H264_DECODER_H

#include <wels/codec_api.h>

// One decoder and the description of the picture that it gave last.
typedef struct {
	ISVCDecoder *svc;
	SBufferInfo info;
	unsigned char *plane[3];
	int width, height, y_stride, c_stride;
	int shown;
} parley_h264_decoder;

parley_h264_decoder *parley_h264_decoder_new(void);
void parley_h264_decoder_free(parley_h264_decoder *d);

// Returns OpenH264's DECODING_STATE. With shown set, the planes hold a picture
// until the next call.
int parley_h264_decode(parley_h264_decoder *d, const unsigned char *unit, int size);

#endif
