/* Each column of the picture is a stretch of time: the waveform's lowest and highest
 * sample in it, and the mean power of the spectra (25 ms, Hann) whose middle lies in it.
 * Spectra are 5 ms apart, further where a clip is longer than MOST_FRAMES of them.
 * Colour is dB under the loudest place of the picture. */
#include "audio/voice/view.h"
#include "audio/mel/settings.h"
#include "audio/spectrum/spectrogram.h"
#include "audio/voice/pitch.h"
#include "tensor/elementary.h"
#include "tensor/plot/axis.h"
#include "tensor/plot/escape.h"

#include <math.h>
#include <string.h>

enum { MOST_FRAMES = 4000, PITCH_LOWEST_RATE = 2000 };

typedef struct HeatMap {
	int rows; /* row 0 at the bottom */
	/* (columns, rows): 0 at VIEW_RANGE dB under the loudest, 1 the loudest */
	real *shares;
} HeatMap;

struct View {
	const char *title;
	int columns, rate;
	double seconds;
	real *low, *high; /* of the samples of each column */
	double peak;
	HeatMap spectrum, mel;
	PitchTrack pitch;
};

/* ---- what there is to see ---------------------------------------------------------- */

static void fill_waveform(View *view, Arena *arena, const Clip *clip)
{
	view->low = ARENA_ARRAY(arena, real, (size_t)view->columns);
	view->high = ARENA_ARRAY(arena, real, (size_t)view->columns);
	for (int c = 0; c < view->columns; c++) {
		int begin = (int)((double)clip->count * c / view->columns);
		int end = (int)((double)clip->count * (c + 1) / view->columns);
		real low = clip->samples[begin], high = low;
		for (int n = begin + 1; n < end; n++) {
			low = clip->samples[n] < low ? clip->samples[n] : low;
			high = clip->samples[n] > high ? clip->samples[n] : high;
		}
		view->low[c] = low;
		view->high[c] = high;
		view->peak = fmax(view->peak, fmax((double)high, -(double)low));
	}
}

/* (frames, rows) of power to the map. */
static HeatMap heat_map(Arena *arena, Tensor power, int columns, double frames)
{
	int rows = power.shape[1], last = power.shape[0] - 1;
	HeatMap map = { rows, ARENA_ARRAY(arena, real, (size_t)columns * (size_t)rows) };
	double loudest = 1e-30;
	for (int c = 0; c < columns; c++) {
		int first = (int)ceil(frames * c / columns);
		int end = (int)ceil(frames * (c + 1) / columns);
		first = first < last ? first : last;
		end = end > first ? end < last + 1 ? end : last + 1 : first + 1;
		for (int r = 0; r < rows; r++) {
			double sum = 0;
			for (int t = first; t < end; t++)
				sum += (double)power.data[(size_t)t * (size_t)rows +
				                          (size_t)r];
			map.shares[(size_t)c * (size_t)rows + (size_t)r] =
			        (real)(sum / (end - first));
			loudest = fmax(loudest, sum / (end - first));
		}
	}
	for (size_t i = 0; i < (size_t)columns * (size_t)rows; i++) {
		double ratio = fmax((double)map.shares[i] / loudest, 1e-30);
		double level = 10 / LN_10 * double_log(ratio);
		map.shares[i] = (real)fmax(1 + level / VIEW_RANGE, 0);
	}
	return map;
}

static void fill_spectra(View *view, Arena *arena, const Clip *clip)
{
	Arena *scratch = arena_child(arena, "spectra");
	int window = clip->rate / 40 > 2 ? clip->rate / 40 : 2, fft = 2;
	while (fft < window)
		fft *= 2;
	int hop = clip->rate / 200 > 1 ? clip->rate / 200 : 1;
	hop = clip->count / MOST_FRAMES > hop ? clip->count / MOST_FRAMES : hop;
	StftSettings stft = { .fft = fft,
		.window = window,
		.hop = hop,
		.shape = WINDOW_HANN,
		.padding = STFT_ZERO,
		.gain = 1 };
	double frames = (double)clip->count / hop;
	view->spectrum =
	        heat_map(arena, spectrogram(scratch, clip, &stft), view->columns, frames);
	MelSettings mel;
	Tensor features;
	mel_preset(&mel, "torchaudio");
	mel.stft = stft;
	mel.bands.count = VIEW_MELS;
	mel.log = MEL_POWER;
	logmel(&features, scratch, clip, &mel);
	view->mel = heat_map(arena, features, view->columns, frames);
	arena_free(scratch);
}

const View *view_new_at(
        Site site, Arena *arena, const Clip *clip, const char *title, int columns)
{
	if (clip->count < 1 || columns < 1)
		error_stop(site, "view_new", "%d samples in %d columns: nothing to see",
		        clip->count, columns);
	View *view = ARENA_NEW(arena, View);
	PitchSettings settings = pitch_defaults();
	view->title = title;
	view->columns = columns;
	view->rate = clip->rate;
	view->seconds = (double)clip->count / clip->rate;
	fill_waveform(view, arena, clip);
	fill_spectra(view, arena, clip);
	if (clip->rate >= PITCH_LOWEST_RATE)
		view->pitch = pitch_track_at(site, arena, clip, &settings);
	return view;
}

/* The time of the middle of pitch frame t, as a share of the clip. */
static double pitch_place(const View *view, int t)
{
	return (t * view->pitch.hop + 1.0 / 60) / view->seconds;
}

/* Round numbers around all pitches; false: there is none. */
static bool pitch_axis(const View *view, PlotAxis *axis)
{
	PlotRange range = plot_range_empty();
	for (int t = 0; t < view->pitch.count; t++)
		if (view->pitch.hertz[t] > 0)
			plot_range_add(&range, view->pitch.hertz[t]);
	if (range.count)
		*axis = plot_axis(range, 4);
	return range.count > 0;
}

/* ---- as a picture ------------------------------------------------------------------ */

enum {
	LEFT = 100,
	RIGHT = 110,
	TOP = 76,
	BETWEEN = 64,
	BOTTOM = 60,
	TICK = 6,
	BAR = 18, /* the width of the colour bar */
	DOT = 4,
};

/* On white, and, the line, on a black terminal too (Okabe & Ito 2008). */
static const Colour line = { 0, 114, 178 };
static const Colour ink = { 36, 41, 47 }, faint = { 140, 149, 159 };

typedef struct Panel {
	Canvas *canvas;
	const View *view;
	int x, y, width, height;
} Panel;

static void draw_frame(const Panel *p, const char *title, const char *unit)
{
	canvas_text(p->canvas, p->x, p->y - 24, -1, ink, title);
	canvas_text_upwards(p->canvas, 8, p->y + p->height / 2, ink, unit);
	canvas_fill(p->canvas, p->x - 1, p->y - 1, p->width + 2, 1, faint);
	canvas_fill(p->canvas, p->x - 1, p->y + p->height, p->width + 2, 1, faint);
	canvas_fill(p->canvas, p->x - 1, p->y - 1, 1, p->height + 2, faint);
	canvas_fill(p->canvas, p->x + p->width, p->y - 1, 1, p->height + 2, faint);
}

/* A tick at the left edge; share 0 is the bottom. */
static void draw_tick(const Panel *p, double share, const char *text)
{
	int y = p->y + (int)((1 - share) * (p->height - 1) + 0.5);
	canvas_fill(p->canvas, p->x - TICK, y, TICK, 1, ink);
	canvas_text(p->canvas, p->x - TICK - 4, y - 7, 1, ink, text);
}

static void draw_ticks(const Panel *p, PlotAxis axis)
{
	for (int tick = axis.first; tick <= axis.last; tick++)
		draw_tick(p, plot_place(axis, plot_tick(axis, tick)),
		        plot_tick_text(axis, tick).text);
}

static void draw_time(const Panel *p, bool last)
{
	PlotRange range = { 0, p->view->seconds, 2 };
	PlotAxis axis = plot_axis(range, 8);
	int y = p->y + p->height;
	for (int tick = axis.first; tick <= axis.last; tick++) {
		double share = plot_tick(axis, tick) / p->view->seconds;
		if (share < 0 || share > 1)
			continue;
		int x = p->x + (int)(share * (p->width - 1) + 0.5);
		canvas_fill(p->canvas, x, y, 1, TICK, ink);
		canvas_text(p->canvas, x, y + TICK + 4, 0, ink,
		        plot_tick_text(axis, tick).text);
	}
	if (last)
		canvas_text(p->canvas, p->x + p->width / 2, y + TICK + 26, 0, ink,
		        "time (s)");
}

static void draw_waveform(const Panel *p)
{
	draw_frame(p, "waveform", "amplitude");
	PlotRange range = { -p->view->peak, p->view->peak, 2 };
	PlotAxis axis = plot_axis(range, 4);
	draw_ticks(p, axis);
	for (int c = 0; c < p->view->columns; c++) {
		double high = plot_place(axis, (double)p->view->high[c]);
		double low = plot_place(axis, (double)p->view->low[c]);
		int top = (int)((1 - high) * (p->height - 1) + 0.5);
		int bottom = (int)((1 - low) * (p->height - 1) + 0.5);
		canvas_fill(p->canvas, p->x + c, p->y + top, 1, bottom - top + 1, line);
	}
}

static void draw_bar(const Panel *p, Arena *arena)
{
	Picture bar = picture_new(arena, BAR, p->height, 3);
	for (int y = 0; y < p->height; y++)
		picture_fill(&bar, 0, y, BAR, 1,
		        colour_sequential(1 - (double)y / (p->height - 1)));
	int x = p->x + p->width + 16;
	canvas_image(p->canvas, x, p->y, &bar);
	for (int i = 0; i <= 2; i++) {
		char text[16];
		snprintf(text, sizeof text, "%d%s", -VIEW_RANGE / 2 * i, i ? "" : " dB");
		canvas_text(p->canvas, x + BAR + 6, p->y - 7 + i * (p->height - 1) / 2,
		        -1, ink, text);
	}
}

static void draw_map(const Panel *p, Arena *arena, const HeatMap *map)
{
	Picture image = picture_new(arena, p->width, p->height, 3);
	for (int c = 0; c < p->width; c++)
		for (int y = 0; y < p->height; y++) {
			int row = (int)((p->height - y - 0.5) / p->height * map->rows);
			double share = (double)map->shares[(size_t)c * (size_t)map->rows +
			                                   (size_t)row];
			picture_fill(&image, c, y, 1, 1, colour_sequential(share));
		}
	canvas_image(p->canvas, p->x, p->y, &image);
	draw_bar(p, arena);
}

/* The height of a frequency among the bands, which lie evenly over mel. */
static double mel_place(const View *view, double hertz)
{
	return mel_of_hertz(MEL_HTK, hertz) / mel_of_hertz(MEL_HTK, view->rate / 2.0);
}

static void draw_mel(const Panel *p, Arena *arena)
{
	static const int hertz[] = { 0, 250, 500, 1000, 2000, 4000, 8000, 16000 };
	draw_frame(p, "mel spectrogram", "frequency (Hz)");
	draw_map(p, arena, &p->view->mel);
	for (size_t i = 0; i < sizeof hertz / sizeof hertz[0]; i++)
		if (2 * hertz[i] <= p->view->rate)
			draw_tick(p, mel_place(p->view, hertz[i]),
			        plot_number_text(hertz[i]).text);
}

static void draw_spectrum(const Panel *p, Arena *arena)
{
	draw_frame(p, "spectrogram", "frequency (Hz)");
	draw_map(p, arena, &p->view->spectrum);
	PlotRange range = { 0, p->view->rate / 2.0, 2 };
	PlotAxis axis = plot_axis(range, 5);
	for (int tick = axis.first; tick <= axis.last; tick++)
		if (2 * plot_tick(axis, tick) <= p->view->rate)
			draw_tick(p, plot_tick(axis, tick) / range.high,
			        plot_tick_text(axis, tick).text);
}

static void draw_pitch(const Panel *p)
{
	PlotAxis axis;
	draw_frame(p, "pitch", "pitch (Hz)");
	if (!pitch_axis(p->view, &axis)) {
		canvas_text(p->canvas, p->x + p->width / 2, p->y + p->height / 2 - 8, 0,
		        faint, "nothing is voiced");
		return;
	}
	draw_ticks(p, axis);
	for (int t = 0; t < p->view->pitch.count; t++) {
		double hertz = p->view->pitch.hertz[t];
		if (hertz <= 0)
			continue;
		int x = (int)(pitch_place(p->view, t) * p->width);
		int y = (int)((1 - plot_place(axis, hertz)) * (p->height - 1));
		canvas_fill(p->canvas, p->x + x - DOT / 2, p->y + y - DOT / 2, DOT, DOT,
		        line);
	}
}

Canvas *view_draw(Arena *arena, const View *view, bool svg)
{
	static const int heights[] = { 140, 256, 192, 160 };
	enum { PANELS = sizeof heights / sizeof heights[0] };
	int height = TOP + BOTTOM + (PANELS - 1) * BETWEEN;
	for (int i = 0; i < PANELS; i++)
		height += heights[i];
	Canvas *canvas = canvas_new(arena, LEFT + view->columns + RIGHT, height, svg);
	char facts[80];
	snprintf(facts, sizeof facts, "%.2f s, %d Hz", view->seconds, view->rate);
	canvas_text(canvas, LEFT, 14, -1, ink, view->title);
	canvas_text(canvas, LEFT + view->columns, 14, 1, faint, facts);
	Panel panel = { canvas, view, LEFT, TOP, view->columns, 0 };
	for (int i = 0; i < PANELS; i++) {
		panel.height = heights[i];
		if (i == 0)
			draw_waveform(&panel);
		else if (i == 1)
			draw_spectrum(&panel, arena);
		else if (i == 2)
			draw_mel(&panel, arena);
		else
			draw_pitch(&panel);
		draw_time(&panel, i == PANELS - 1);
		panel.y += panel.height + BETWEEN;
	}
	return canvas;
}

/* ---- in characters ----------------------------------------------------------------- */

enum { MARGIN = 9, WAVE_ROWS = 9, MAP_ROWS = 12, PITCH_ROWS = 9 };

static void print_margin(FILE *out, const char *label)
{
	fprintf(out, "%*s%s ", MARGIN - 1 - (int)strlen(label), "", label);
}

static void print_waveform(FILE *out, ColourDepth depth, const View *view)
{
	double peak = view->peak > 0 ? view->peak : 1;
	fprintf(out, "\nwaveform (amplitude)\n");
	for (int r = 0; r < WAVE_ROWS; r++) {
		double top = peak * (1 - 2.0 * r / WAVE_ROWS);
		double bottom = peak * (1 - 2.0 * (r + 1) / WAVE_ROWS);
		char label[16] = "";
		if (r == 0 || r == WAVE_ROWS - 1)
			snprintf(label, sizeof label, "%.3f", r ? -peak : peak);
		print_margin(out, r == WAVE_ROWS / 2 ? "0" : label);
		fputs(colour_foreground(depth, line).text, out);
		for (int c = 0; c < view->columns; c++) {
			bool inside = (double)view->low[c] <= top &&
			              (double)view->high[c] >= bottom;
			fputs(!inside ? " " : depth == COLOUR_NONE ? "#" : "█", out);
		}
		fprintf(out, "%s\n", colour_end(depth).text);
	}
}

/* The mean of the map's rows that the r-th of `rows` parts holds, from the top. */
static double map_share(const HeatMap *map, int column, int r, int rows)
{
	int first = (rows - 1 - r) * map->rows / rows;
	int end = (rows - r) * map->rows / rows;
	double sum = 0;
	for (int k = first; k < end || k == first; k++)
		sum += (double)map
		               ->shares[(size_t)column * (size_t)map->rows + (size_t)k];
	return sum / (end > first ? end - first : 1);
}

/* Two rows a character on a terminal: the upper half block in one colour on a ground
 * of the other. */
static void print_map(FILE *out, ColourDepth depth, const View *view, const HeatMap *map,
        const char *const labels[3])
{
	static const char shades[] = " .:-=+*#%@";
	for (int r = 0; r < MAP_ROWS; r++) {
		print_margin(out, r == 0              ? labels[0]
		                  : r == MAP_ROWS / 2 ? labels[1]
		                  : r == MAP_ROWS - 1 ? labels[2]
		                                      : "");
		for (int c = 0; c < view->columns; c++) {
			if (depth == COLOUR_NONE) {
				double share = map_share(map, c, r, MAP_ROWS);
				fputc(shades[(int)(share * 9.999)], out);
				continue;
			}
			double upper = map_share(map, c, 2 * r, 2 * MAP_ROWS);
			double lower = map_share(map, c, 2 * r + 1, 2 * MAP_ROWS);
			fprintf(out, "%s%s▀",
			        colour_foreground(depth, colour_sequential(upper)).text,
			        colour_background(depth, colour_sequential(lower)).text);
		}
		fprintf(out, "%s\n", colour_end(depth).text);
	}
}

static void print_pitch(FILE *out, ColourDepth depth, const View *view)
{
	PlotAxis axis;
	fprintf(out, "\npitch (Hz)\n");
	if (!pitch_axis(view, &axis)) {
		fprintf(out, "%*snothing is voiced\n", MARGIN, "");
		return;
	}
	for (int r = 0; r < PITCH_ROWS; r++) {
		bool first = r == 0, last = r == PITCH_ROWS - 1;
		print_margin(out, first  ? plot_tick_text(axis, axis.last).text
		                  : last ? plot_tick_text(axis, axis.first).text
		                         : "");
		fputs(colour_foreground(depth, line).text, out);
		for (int c = 0; c < view->columns; c++) {
			bool here = false;
			for (int t = 0; t < view->pitch.count && !here; t++)
				here = view->pitch.hertz[t] > 0 &&
				       (int)(pitch_place(view, t) * view->columns) == c &&
				       (int)((1 - plot_place(
				                          axis, view->pitch.hertz[t])) *
				                       (PITCH_ROWS - 1) +
				               0.5) == r;
			fputs(!here ? " " : depth == COLOUR_NONE ? "o" : "●", out);
		}
		fprintf(out, "%s\n", colour_end(depth).text);
	}
}

static void print_time(FILE *out, const View *view)
{
	PlotRange range = { 0, view->seconds, 2 };
	PlotAxis axis = plot_axis(range, 6);
	int at = 0;
	fprintf(out, "%*s", MARGIN, "");
	for (int tick = axis.first; tick <= axis.last; tick++) {
		double share = plot_tick(axis, tick) / view->seconds;
		int column = (int)(share * (view->columns - 1) + 0.5);
		if (share < 0 || share > 1 || column < at)
			continue;
		at = column +
		     fprintf(out, "%*s%s", column - at, "",
		             plot_tick_text(axis, tick).text) -
		     (column - at);
	}
	fprintf(out, " s\n");
}

void view_print(FILE *out, ColourDepth depth, const View *view)
{
	char top[16], middle[16], mel_middle[16];
	double limit = view->rate / 2.0;
	snprintf(top, sizeof top, "%.0f", limit);
	snprintf(middle, sizeof middle, "%.0f", limit / 2);
	snprintf(mel_middle, sizeof mel_middle, "%.0f",
	        hertz_of_mel(MEL_HTK, mel_of_hertz(MEL_HTK, limit) / 2));
	terminal_print(
	        out, "%s: %.2f s, %d Hz\n", view->title, view->seconds, view->rate);
	print_waveform(out, depth, view);
	fprintf(out, "\nspectrogram (Hz), dark to light: %d to 0 dB under the loudest\n",
	        -VIEW_RANGE);
	print_map(out, depth, view, &view->spectrum,
	        (const char *const[3]){ top, middle, "0" });
	fprintf(out, "\nmel spectrogram (Hz)\n");
	print_map(out, depth, view, &view->mel,
	        (const char *const[3]){ top, mel_middle, "0" });
	print_pitch(out, depth, view);
	print_time(out, view);
}
