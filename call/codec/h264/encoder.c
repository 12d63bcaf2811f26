#include "encoder.h"

#include <stdlib.h>
#include <string.h>

static void set_layer(SEncParamExt *p, const parley_h264_settings *s) {
	SSpatialLayerConfig *l = &p->sSpatialLayers[0];
	l->iVideoWidth = s->width;
	l->iVideoHeight = s->height;
	l->fFrameRate = s->frame_rate;
	l->iSpatialBitrate = s->bit_rate;
	l->iMaxSpatialBitrate = UNSPECIFIED_BIT_RATE;
	l->uiProfileIdc = s->master ? PRO_HIGH : PRO_BASELINE;
	// Level 3.1 is what 42e01f promises; larger pictures get what they need.
	int blocks = ((s->width + 15) / 16) * ((s->height + 15) / 16);
	l->uiLevelIdc = blocks <= 3600 ? LEVEL_3_1 : LEVEL_UNKNOWN;
	l->sSliceArgument.uiSliceMode =
		s->threads > 1 ? SM_FIXEDSLCNUM_SLICE : SM_SINGLE_SLICE;
	l->sSliceArgument.uiSliceNum = s->threads;
}

static void set_params(SEncParamExt *p, const parley_h264_settings *s) {
	p->iUsageType = s->screen ? SCREEN_CONTENT_REAL_TIME : CAMERA_VIDEO_REAL_TIME;
	p->iPicWidth = s->width;
	p->iPicHeight = s->height;
	p->iTargetBitrate = s->bit_rate;
	p->iMaxBitrate = UNSPECIFIED_BIT_RATE;
	p->fMaxFrameRate = s->frame_rate;
	p->iRCMode = RC_BITRATE_MODE;
	// With its own choice (12 to 42) half the pictures of a hard scene are dropped
	// at 500 kbit/s and 720p; a coarse picture that moves is better.
	p->iMinQp = 10;
	p->iMaxQp = 51;
	p->bEnableFrameSkip = !s->master;
	p->iSpatialLayerNum = 1;
	p->iTemporalLayerNum = 1;
	p->uiIntraPeriod = 0; // key frames are asked for, by time
	p->iMultipleThreadIdc = s->threads;
	p->eSpsPpsIdStrategy = CONSTANT_ID;
	p->bPrefixNalAddingCtrl = false;
	p->bEnableFrameCroppingFlag = true;
	p->iEntropyCodingModeFlag = s->master ? 1 : 0;
	// Up to 360p the finer search costs half a millisecond a picture and is worth
	// 3 % of the rate; at 720p it costs twice that and shows nothing.
	bool fine = s->master || s->width * s->height <= 640 * 360;
	p->iComplexityMode = fine ? MEDIUM_COMPLEXITY : LOW_COMPLEXITY;
	// A cut in a camera's picture is coded with intra blocks within the rate;
	// a key frame nobody asked for would be a burst.
	p->bEnableSceneChangeDetect = s->screen;
	p->bEnableDenoise = false;
	p->bEnableLongTermReference = false;
	set_layer(p, s);
}

static int start(parley_h264_encoder *e, const parley_h264_settings *s) {
	if (WelsCreateSVCEncoder(&e->svc) != 0 || !e->svc)
		return -1;
	int quiet = WELS_LOG_QUIET;
	(*e->svc)->SetOption(e->svc, ENCODER_OPTION_TRACE_LEVEL, &quiet);
	SEncParamExt params;
	if ((*e->svc)->GetDefaultParams(e->svc, &params) != cmResultSuccess)
		return -1;
	set_params(&params, s);
	if ((*e->svc)->InitializeExt(e->svc, &params) != cmResultSuccess)
		return -1;
	int format = videoFormatI420;
	(*e->svc)->SetOption(e->svc, ENCODER_OPTION_DATAFORMAT, &format);
	e->picture.iColorFormat = videoFormatI420;
	e->picture.iPicWidth = s->width;
	e->picture.iPicHeight = s->height;
	return 0;
}

parley_h264_encoder *parley_h264_encoder_new(parley_h264_settings settings) {
	parley_h264_encoder *e = calloc(1, sizeof *e);
	if (e && start(e, &settings) != 0) {
		parley_h264_encoder_free(e);
		return NULL;
	}
	return e;
}

void parley_h264_encoder_free(parley_h264_encoder *e) {
	if (e->svc) {
		(*e->svc)->Uninitialize(e->svc);
		WelsDestroySVCEncoder(e->svc);
	}
	free(e);
}

static void collect(parley_h264_encoder *e) {
	e->parts = 0;
	for (int i = 0; i < e->info.iLayerNum; i++) {
		const SLayerBSInfo *l = &e->info.sLayerInfo[i];
		int size = 0;
		for (int n = 0; n < l->iNalCount; n++)
			size += l->pNalLengthInByte[n];
		e->part[e->parts].data = l->pBsBuf;
		e->part[e->parts++].size = size;
	}
}

int parley_h264_encode(parley_h264_encoder *e,
	unsigned char *y, unsigned char *cb, unsigned char *cr,
	int y_stride, int c_stride, long long ms, bool key) {
	SSourcePicture *p = &e->picture;
	p->pData[0] = y;
	p->pData[1] = cb;
	p->pData[2] = cr;
	p->iStride[0] = y_stride;
	p->iStride[1] = p->iStride[2] = c_stride;
	p->uiTimeStamp = ms;
	if (key)
		(*e->svc)->ForceIntraFrame(e->svc, true);
	memset(&e->info, 0, sizeof e->info);
	int failed = (*e->svc)->EncodeFrame(e->svc, p, &e->info);
	// The planes are Go's; C keeps no pointer to them after the call.
	memset(p->pData, 0, sizeof p->pData);
	if (failed)
		return -1;
	collect(e);
	return e->info.eFrameType;
}

int parley_h264_set_bit_rate(parley_h264_encoder *e, int bps) {
	SBitrateInfo rate = {SPATIAL_LAYER_ALL, bps};
	return (*e->svc)->SetOption(e->svc, ENCODER_OPTION_BITRATE, &rate);
}

int parley_h264_set_frame_rate(parley_h264_encoder *e, float fps) {
	return (*e->svc)->SetOption(e->svc, ENCODER_OPTION_FRAME_RATE, &fps);
}
