#include "decoder.h"

#include <stdlib.h>
#include <string.h>

static int start(parley_h264_decoder *d) {
	if (WelsCreateDecoder(&d->svc) != 0 || !d->svc)
		return -1;
	int quiet = WELS_LOG_QUIET;
	(*d->svc)->SetOption(d->svc, DECODER_OPTION_TRACE_LEVEL, &quiet);
	SDecodingParam params;
	memset(&params, 0, sizeof params);
	params.uiTargetDqLayer = 255;
	// A concealed picture looks whole and is not; a key frame mends it.
	params.eEcActiveIdc = ERROR_CON_DISABLE;
	params.sVideoProperty.size = sizeof params.sVideoProperty;
	params.sVideoProperty.eVideoBsType = VIDEO_BITSTREAM_AVC;
	return (*d->svc)->Initialize(d->svc, &params) == 0 ? 0 : -1;
}

parley_h264_decoder *parley_h264_decoder_new(void) {
	parley_h264_decoder *d = calloc(1, sizeof *d);
	if (d && start(d) != 0) {
		parley_h264_decoder_free(d);
		return NULL;
	}
	return d;
}

void parley_h264_decoder_free(parley_h264_decoder *d) {
	if (d->svc) {
		(*d->svc)->Uninitialize(d->svc);
		WelsDestroyDecoder(d->svc);
	}
	free(d);
}

int parley_h264_decode(parley_h264_decoder *d, const unsigned char *unit, int size) {
	memset(&d->info, 0, sizeof d->info);
	memset(d->plane, 0, sizeof d->plane);
	int state = (*d->svc)->DecodeFrameNoDelay(d->svc, unit, size, d->plane, &d->info);
	const SSysMEMBuffer *b = &d->info.UsrData.sSystemBuffer;
	d->shown = d->info.iBufferStatus == 1 && d->plane[0] && d->plane[1] && d->plane[2];
	d->width = b->iWidth;
	d->height = b->iHeight;
	d->y_stride = b->iStride[0];
	d->c_stride = b->iStride[1];
	return state;
}
