#include "emotionnet/serve/page.h"

/* live.html is page_live_html, and so on. */
extern const char page_live_html[], page_live_css[], page_live_js[], page_draw_js[],
        page_hear_js[];

const ServerFile page_files[] = {
	{ "", "text/html", page_live_html },
	{ "live.css", "text/css", page_live_css },
	{ "live.js", "text/javascript", page_live_js },
	{ "draw.js", "text/javascript", page_draw_js },
	{ "hear.js", "text/javascript", page_hear_js },
	{ NULL, NULL, NULL },
};
