/* A clip to look at (audio/view.h): in the terminal, or as PNG or SVG by the name of
 * the file. */
#include "audio/voice/view.h"
#include "audio/wav.h"
#include "emotionnet/command/commands.h"
#include "tensor/file/folder.h"

#include <string.h>

static int run(int argc, char **argv);

const Command command_show = {
	.name = "show",
	.usage = "CLIP.wav [--out PICTURE.png|.svg] [options]",
	.summary = "waveform, spectrogram, mel spectrogram and pitch of a clip",
	.run = run,
};

enum { MARGIN = 9 };

typedef struct Request {
	const char *wav, *out;
	double start, end;
	int width;
	bool skip_bad;
} Request;

static bool show(const Request *request, Arena *arena, Error *error)
{
	Clip clip;
	WavPart part = { request->start, request->end, request->skip_bad };
	if (!wav_read_part(&clip, arena, request->wav, part, error))
		return false;
	const char *slash = strrchr(request->wav, '/');
	const char *title = slash ? slash + 1 : request->wav;
	if (!request->out) {
		view_print(stdout, colour_depth(stdout),
		        view_new(arena, &clip, title, request->width - MARGIN));
		return true;
	}
	const View *view = view_new(arena, &clip, title, VIEW_COLUMNS);
	return canvas_write(view_draw(arena, view, path_ends_in(request->out, ".svg")),
	        request->out, error);
}

static int run(int argc, char **argv)
{
	Request request = { .width = 80 };
	bool help;
	int operands;
	const Option options[] = {
		{ "out", OPTION_TEXT, &request.out, "FILE",
		        "write a picture there, .png or .svg", 0, 0 },
		{ "start", OPTION_NUMBER, &request.start, "SECONDS", "from here", 0,
		        1e9 },
		{ "end", OPTION_NUMBER, &request.end, "SECONDS",
		        "to here; 0: the end of the clip", 0, 1e9 },
		{ "width", OPTION_INT, &request.width, "N",
		        "characters of a line in the terminal", 20, 1000 },
		{ "skip-bad", OPTION_FLAG, &request.skip_bad, NULL,
		        "of a recording that was cut short show what is there", 0, 0 },
	};
	Error error;
	if (!options_parse(&command_show, options,
	            (int)(sizeof options / sizeof options[0]), argc, argv, &operands,
	            &help, &error))
		return usage_error(&command_show, error.text);
	if (help)
		return STATUS_OK;
	if (operands != 1)
		return usage_error(&command_show, "expected one sound file");
	if (request.out && !path_ends_in(request.out, ".png") &&
	        !path_ends_in(request.out, ".svg"))
		return usage_error(
		        &command_show, "--out takes a name that ends in .png or .svg");
	request.wav = argv[0];
	Arena *arena = arena_new("a view");
	bool done = show(&request, arena, &error);
	arena_free(arena);
	return done ? STATUS_OK : world_error(&command_show, &error);
}
