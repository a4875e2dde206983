/* Any messages of a page are taken or refused; what is told back is JSON, every text of it.
 *
 * The input is messages, each behind three bytes: its kind (odd: text) and its length. */
#include "emotionnet/encoder_causal.h"
#include "emotionnet/serve/talk.h"
#include "tensor/file/json.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/listener.h"

enum { HEAD = 3, MESSAGE_MOST = 4096, MESSAGES = 64 };

/* A value of any kind, with all that it holds. */
static void check_value(Json *json)
{
	char next = (char)json->text.data[json->at];
	if (next == '{' || next == '[') {
		char end = next == '{' ? '}' : ']';
		json_open(json, next);
		while (json_next(json, end)) {
			if (next == '{')
				json_key(json);
			check_value(json);
		}
	} else if (next == '"') {
		json_string(json);
	} else if (next == 't' || next == 'f' || next == 'n') {
		static const char *const words[] = { "true", "false", "null" };
		const char *at = (const char *)json->text.data + json->at;
		for (int w = 0; w < 3; w++)
			if (!strncmp(at, words[w], strlen(words[w]))) {
				json->at += strlen(words[w]);
				return;
			}
		FUZZ_CHECK(false); /* no word of JSON */
	} else {
		json_real(json);
	}
}

static void tell(void *context, bool text, const void *bytes, size_t size)
{
	(void)context;
	if (!text) {
		FUZZ_CHECK(
		        size >= 12 && ((const unsigned char *)bytes)[0] == TALK_FRAMES);
		return;
	}
	Arena *arena = arena_new("told");
	Error error = { .text = "" };
	unsigned char *copy = arena_alloc(arena, size + 1);
	memcpy(copy, bytes, size);
	copy[size] = '\0';
	Json json = { .path = "told", .arena = arena, .error = &error };
	json.text = (Bytes){ copy, size };
	check_value(&json);
	FUZZ_CHECK(json_end(&json));
	arena_free(arena);
}

static const Ensemble *models(void)
{
	static const char *const paths[] = { "model.safetensors" };
	static Checkpoint model;
	static Ensemble ensemble = { .models = &model, .paths = paths };
	if (!ensemble.count) {
		model = listener_model(
		        arena_new("models"), (Listener){ &encoder_cnn_causal, "late",
		                                     true, true, NORMALISE_RUNNING });
		ensemble.count = 1;
	}
	return &ensemble;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	TalkSettings settings = {
		.ensemble = models(), .live = live_defaults(), .tell = tell
	};
	Talk *talk = talk_new(&settings);
	bool goes_on = true;
	for (int m = 0; m < MESSAGES && goes_on && size >= HEAD; m++) {
		bool text = data[0] & 1;
		size_t length = data[1] | (size_t)(data[2] % (MESSAGE_MOST >> 8)) << 8;
		data += HEAD;
		size -= HEAD;
		length = length < size ? length : size;
		goes_on = talk_hear(talk, text, data, length);
		data += length;
		size -= length;
	}
	talk_free(talk);
	return 0;
}
