// Reads the bar code of a test picture from its luma, as call.ReadMark does:
// 29 columns in the lowest 4 of 24 rows; frame number, time and CRC-32.
'use strict';

const markColumns = 29, markRows = 4, markRowsToFill = 24, markBits = 116, markDataBits = 84;

// stripTop is the first row of the strip, made even so that it can be cut out
// of a 4:2:0 picture.
function stripTop(height) {
  return Math.floor((markRowsToFill - markRows) * height / markRowsToFill) & ~1;
}

// readMark returns the frame number, or -1 for a picture without a readable
// mark. luma holds the rows from top on, w pixels each; h is the height of the
// whole picture.
function readMark(luma, w, h, top) {
  const levels = new Uint8Array(markBits);
  let darkest = 255, brightest = 0;
  for (let i = 0; i < markBits; i++) {
    const v = blockLevel(luma, w, h, top, i);
    levels[i] = v;
    darkest = Math.min(darkest, v);
    brightest = Math.max(brightest, v);
  }
  if (brightest - darkest < 48) return -1;
  const threshold = darkest + ((brightest - darkest) >> 1);
  let crc = 0xffffffff, frame = 0, sum = 0;
  for (let i = 0; i < markBits; i++) {
    const bit = levels[i] > threshold ? 1 : 0;
    if (i >= markDataBits) {
      sum = (sum << 1 | bit) >>> 0;
      continue;
    }
    if (i < 32) frame = (frame << 1 | bit) >>> 0;
    const high = crc >>> 31;
    crc = (crc << 1) >>> 0;
    if (high !== bit) crc = (crc ^ 0x04C11DB7) >>> 0;
  }
  return (~crc >>> 0) === sum ? frame : -1;
}

// blockLevel is the mean luma in the middle of block i.
function blockLevel(luma, w, h, top, i) {
  const column = i % markColumns, row = markRowsToFill - markRows + Math.floor(i / markColumns);
  let x0 = Math.floor(column * w / markColumns), x1 = Math.floor((column + 1) * w / markColumns);
  let y0 = Math.floor(row * h / markRowsToFill), y1 = Math.floor((row + 1) * h / markRowsToFill);
  const mx = Math.floor((x1 - x0) / 3), my = Math.floor((y1 - y0) / 3);
  x0 += mx; x1 -= mx; y0 += my; y1 -= my;
  const stepX = Math.max(Math.floor((x1 - x0) / 6), 1), stepY = Math.max(Math.floor((y1 - y0) / 4), 1);
  let sum = 0, n = 0;
  for (let y = y0; y < y1; y += stepY) {
    for (let x = x0; x < x1; x += stepX) {
      sum += luma[(y - top) * w + x];
      n++;
    }
  }
  return n ? Math.floor(sum / n) : 0;
}
