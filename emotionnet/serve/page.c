#include "emotionnet/serve/page.h"

/* live.html is page_live_html, and so on. */
extern const char page_live_html[], page_live_css[], page_live_js[], page_state_js[],
        page_turns_js[], page_senses_js[], page_draw_js[], page_hear_js[],
        page_transport_js[];

const ServerFile page_files[] = {
	{ "", "text/html", page_live_html },
	{ "live.css", "text/css", page_live_css },
	{ "live.js", "text/javascript", page_live_js },
	{ "state.js", "text/javascript", page_state_js },
	{ "turns.js", "text/javascript", page_turns_js },
	{ "senses.js", "text/javascript", page_senses_js },
	{ "transport.js", "text/javascript", page_transport_js },
	{ "draw.js", "text/javascript", page_draw_js },
	{ "hear.js", "text/javascript", page_hear_js },
	{ NULL, NULL, NULL },
};
