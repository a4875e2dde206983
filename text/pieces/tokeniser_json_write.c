/* What is written is what tokeniser_json.c reads, with a decoder for other readers. */
#include "text/pieces/tokeniser_json.h"
#include "tensor/file/json_write.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void write_added(FILE *out, const TokeniserParts *parts)
{
	const char *comma = "";
	for (int i = 0; i < parts->count; i++) {
		int type = parts->types ? parts->types[i] : TOKEN_NORMAL;
		if (type != TOKEN_CONTROL && type != TOKEN_USER)
			continue;
		fprintf(out, "%s\n    {\"id\": %d, \"content\": ", comma, i);
		json_text(out, parts->tokens[i]);
		fprintf(out,
		        ", \"single_word\": false, \"lstrip\": false, \"rstrip\": false, "
		        "\"normalized\": false, \"special\": %s}",
		        type == TOKEN_CONTROL ? "true" : "false");
		comma = ",";
	}
}

/* The last cut is ByteLevel's own. */
static void write_cuts(FILE *out, const TokeniserParts *parts)
{
	for (int i = 0; parts->cuts[i] != CUT_END; i++)
		if (parts->cuts[i] == CUT_DIGITS || parts->cuts[i] == CUT_NUMBERS)
			fprintf(out,
			        "{\"type\": \"Digits\", \"individual_digits\": %s},\n    ",
			        parts->cuts[i] == CUT_DIGITS ? "true" : "false");
	fputs("{\"type\": \"ByteLevel\", \"add_prefix_space\": false, "
	      "\"trim_offsets\": true, \"use_regex\": true}",
	        out);
}

static void write_model(FILE *out, const TokeniserParts *parts)
{
	fputs("{\n    \"type\": \"BPE\", \"dropout\": null, \"unk_token\": null, "
	      "\"continuing_subword_prefix\": null,\n    \"end_of_word_suffix\": null, "
	      "\"fuse_unk\": false, \"byte_fallback\": false, \"ignore_merges\": false,\n"
	      "    \"vocab\": {",
	        out);
	for (int i = 0; i < parts->count; i++) {
		fputs(i ? ",\n      " : "\n      ", out);
		json_text(out, parts->tokens[i]);
		fprintf(out, ": %d", i);
	}
	fputs("\n    },\n    \"merges\": [", out);
	for (int i = 0; i < parts->merge_count; i++) {
		fputs(i ? ",\n      " : "\n      ", out);
		json_text(out, parts->merges[i]);
	}
	fputs("\n    ]\n  }", out);
}

static void write_json(FILE *out, const TokeniserParts *parts)
{
	fputs("{\n  \"version\": \"1.0\", \"truncation\": null, \"padding\": null,\n"
	      "  \"added_tokens\": [",
	        out);
	write_added(out, parts);
	fputs("\n  ],\n  \"normalizer\": null,\n  \"pre_tokenizer\": {\"type\": "
	      "\"Sequence\", \"pretokenizers\": [\n    ",
	        out);
	write_cuts(out, parts);
	fputs("\n  ]},\n  \"post_processor\": null,\n  \"decoder\": {\"type\": "
	      "\"ByteLevel\", \"add_prefix_space\": true, \"trim_offsets\": true, "
	      "\"use_regex\": true},\n  \"model\": ",
	        out);
	write_model(out, parts);
	fputs("\n}\n", out);
}

bool tokeniser_write(const TokeniserParts *parts, const char *path, Error *error)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	if (!out)
		return error_set(error, "%s: %s", path, strerror(errno));
	write_json(out, parts);
	fclose(out);
	Arena *arena = arena_new("tokenizer.json");
	FileWriter *file = file_open(arena, path, error);
	if (file)
		file_write(file, text, size);
	bool written = file && file_close(file, error);
	arena_free(arena);
	free(text);
	return written;
}
