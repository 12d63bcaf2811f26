package editor

import (
	"slices"
	"strconv"
)

// Hardware is an encoder that some machines have in hardware: quicker than the
// usual one, of less quality at the same size, and there only where a trial
// says so.
type Hardware struct {
	Name  string // as ffmpeg names it: "h264_vaapi"
	Codec Codec
	Maker string // for people: "NVIDIA"

	device []string // options that come before the inputs
	upload string   // the last filters of the graph
	args   func(quality int) []string
}

// constant is an encoder whose quality one option sets.
func constant(name string, codec Codec, maker string, args ...string) Hardware {
	return Hardware{Name: name, Codec: codec, Maker: maker, args: func(q int) []string {
		return append(slices.Clone(args), strconv.Itoa(q))
	}}
}

// vaapi is an encoder that takes pictures which lie in the memory of the
// graphics card.
func vaapi(name string, codec Codec) Hardware {
	h := constant(name, codec, "Intel, AMD (VAAPI)", "-rc_mode", "CQP", "-qp")
	h.device = []string{"-init_hw_device", "vaapi=va:/dev/dri/renderD128", "-filter_hw_device", "va"}
	h.upload = "format=nv12,hwupload"
	return h
}

// Hardwares are the encoders that are looked for, the best known first.
func Hardwares() []Hardware {
	const nvidia, intel, board = "NVIDIA (NVENC)", "Intel (Quick Sync)", "this board (V4L2)"
	nvenc := []string{"-preset", "p5", "-rc", "vbr", "-b:v", "0", "-cq"}
	return []Hardware{
		constant("h264_nvenc", H264, nvidia, nvenc...),
		constant("h264_qsv", H264, intel, "-global_quality"),
		vaapi("h264_vaapi", H264),
		{Name: "h264_amf", Codec: H264, Maker: "AMD (AMF)", args: func(q int) []string {
			return []string{"-rc", "cqp", "-qp_i", strconv.Itoa(q), "-qp_p", strconv.Itoa(min(51, q+2))}
		}},
		{Name: "h264_videotoolbox", Codec: H264, Maker: "Apple (VideoToolbox)", args: func(q int) []string {
			return []string{"-q:v", strconv.Itoa(max(1, 100-2*q))} // it counts the other way
		}},
		{Name: "h264_v4l2m2m", Codec: H264, Maker: board, args: func(int) []string { return []string{"-b:v", "6M"} }},
		constant("hevc_nvenc", HEVC, nvidia, nvenc...),
		constant("hevc_qsv", HEVC, intel, "-global_quality"),
		vaapi("hevc_vaapi", HEVC),
	}
}

// HardwareNamed finds an encoder by ffmpeg's name for it.
func HardwareNamed(name string) (Hardware, bool) {
	all := Hardwares()
	i := slices.IndexFunc(all, func(h Hardware) bool { return h.Name == name })
	if i < 0 {
		return Hardware{}, false
	}
	return all[i], true
}

// compress are the encoder's arguments. Frames are never shown in another
// order than they are decoded in, so that segments join whatever the encoder.
func (h Hardware) compress(o Output) []string {
	args := append([]string{"-c:v", h.Name}, h.args(o.quality())...)
	args = append(args, "-g", itoa(o.group()), "-bf", "0")
	if h.Codec == HEVC {
		return append(append(args, "-profile:v", "main", "-tag:v", "hvc1"), colours...)
	}
	return append(append(args, "-profile:v", "high"), colours...)
}

// Trial are the arguments that have the encoder make 0.2 s of pictures in just
// the way that a film is made, and throw them away.
func (h Hardware) Trial() []string {
	out := Output{Width: 640, Height: 360, Rate: Ratio{30, 1}, SampleRate: 48000, Codec: h.Codec, Encoder: h.Name}
	g := &graph{}
	picture := out.uploaded(g, g.chain("", "testsrc2=s=640x360:r=30", "format=yuv420p", tags))
	args := append(slices.Clone(h.device), g.run(picture, "-frames:v", "6").Args...)
	return append(append(args, h.compress(out)...), "-f", "null", "-")
}

// uploaded brings a picture to where the output's encoder takes it from.
func (o Output) uploaded(g *graph, picture string) string {
	if h, ok := HardwareNamed(o.Encoder); ok && h.upload != "" {
		return g.chain(picture, h.upload)
	}
	return picture
}

// device are the options of a run that come before its inputs.
func (o Output) device() []string {
	h, _ := HardwareNamed(o.Encoder)
	return h.device
}
