/* A clip to look at (audio/voice/view.h): in the terminal, or as PNG or SVG by the name of
 * the file. */
#include "audio/voice/view.h"
#include "audio/wav.h"
#include "emotionnet/command/commands.h"
#include "tensor/file/folder.h"
#include "tensor/plot/escape.h"

enum { MARGIN = 9 };

typedef struct Request {
	const char *wav, *out;
	double start, end;
	int width, channel;
	bool skip_bad;
} Request;

static bool show(const Request *request, Arena *arena, Error *error)
{
	Clip clip;
	WavPart part = { request->start, request->end, request->skip_bad,
		request->channel };
	if (!wav_read_part(&clip, arena, request->wav, part, error))
		return false;
	if (clip.cut_short)
		terminal_print(stderr, "Used what is there: %s\n", error->text);
	const char *title = path_name(request->wav);
	if (!request->out) {
		view_print(stdout, colour_depth(stdout),
		        view_new(arena, &clip, title, request->width - MARGIN));
		return true;
	}
	const View *view = view_new(arena, &clip, title, VIEW_COLUMNS);
	return canvas_write(view_draw(arena, view, path_ends_in(request->out, ".svg")),
	        request->out, error);
}

static Status run(Options *options, Error *error)
{
	Request request = { .width = 80 };
	option_text(
	        options, &request.out, "out FILE", "write a picture there, .png or .svg");
	option_number(options, &request.start, "start SECONDS", 0, 1e9, "from here");
	option_number(options, &request.end, "end SECONDS", 0, 1e9,
	        "to here; 0: the end of the clip");
	option_int(options, &request.width, "width N", 20, 1000,
	        "characters of a line in the terminal");
	option_int(options, &request.channel, "channel N", 0, 65535,
	        "this channel, from 1; 0: the mean of all");
	option_flag(options, &request.skip_bad, "skip-bad",
	        "of a recording that was cut short show what is there");
	if (!options_read(options, 1, 1, "expected one sound file", error))
		return options_status(options);
	if (request.out && !path_ends_in(request.out, ".png") &&
	        !path_ends_in(request.out, ".svg"))
		return options_wrong(
		        error, "--out takes a name that ends in .png or .svg");
	if (!options_out(options, "out", request.out, error))
		return STATUS_USAGE;
	request.wav = options->operands[0];
	return show(&request, options->arena, error) ? STATUS_OK : STATUS_FAILED;
}

const Command command_show = {
	.name = "show",
	.usage = "CLIP.wav [--out PICTURE.png|.svg] [options]",
	.summary = "waveform, spectrogram, mel spectrogram and pitch of a clip",
	.run = run,
};
