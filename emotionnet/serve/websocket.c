/* A frame is
 *
 *     FIN and opcode (1 byte), MASK and length (1 byte: up to 125; 126: 2 more, 127: 8 more),
 *     a mask (4 bytes), that many bytes, the i-th xor mask[i mod 4].
 *
 * The mask is there so that no page can choose the bytes on the wire and make an old proxy
 * take them for HTTP. A message is one frame or several; control frames, which are always
 * whole, may come between them. */
#include "emotionnet/serve/websocket.h"

#include "tensor/file/base64.h"
#include "tensor/file/sha1.h"
#include "tensor/utf8.h"

#include <string.h>

enum Opcode { GOES_ON = 0, TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10 };
enum { FIN = 128, RESERVED = 112, MASKED = 128, CONTROL_MOST = 125, MASK = 4 };

bool websocket_accept(char accept[WEBSOCKET_ACCEPT], HttpText key)
{
	static const char id[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
	enum { KEY = 24, ID = sizeof id - 1 };
	if (!key.at || key.size != KEY || memcmp(key.at + KEY - 2, "==", 2) != 0)
		return false;
	for (int i = 0; i < KEY - 2; i++)
		if (!base64_is_sign(key.at[i]))
			return false;
	char text[KEY + ID];
	unsigned char digest[SHA1_SIZE];
	memcpy(text, key.at, KEY);
	memcpy(text + KEY, id, ID);
	sha1(digest, text, sizeof text);
	base64_text(accept, (Bytes){ digest, sizeof digest });
	return true;
}

static WebSocketEvent wrong(int code)
{
	return (WebSocketEvent){ .kind = WEBSOCKET_WRONG, .code = code };
}

typedef struct Frame {
	bool final;
	int opcode;
	uint64_t size;
	unsigned char *bytes;
} Frame;

/* The length after the second byte, in `count` bytes, the highest first. */
static uint64_t long_length(const unsigned char *at, int count)
{
	uint64_t length = 0;
	for (int i = 0; i < count; i++)
		length = length << 8 | at[i];
	return length;
}

/* Reads a frame's head. 0: more must come; else a close code that refuses it, or
 * WEBSOCKET_DONE and in *head how long the head is. */
static int read_head(Frame *frame, size_t *head, unsigned char *bytes, size_t size)
{
	if (size < 1)
		return 0;
	*frame = (Frame){ .final = (bytes[0] & FIN) != 0, .opcode = bytes[0] & 15 };
	bool control = frame->opcode >= CLOSE;
	if (bytes[0] & RESERVED || (frame->opcode > BINARY && !control) ||
	        frame->opcode > PONG || (control && !frame->final))
		return WEBSOCKET_BROKEN;
	if (size < 2)
		return 0;
	int length = bytes[1] & 127, more = length == 126 ? 2 : length == 127 ? 8 : 0;
	if (!(bytes[1] & MASKED) || (control && length > CONTROL_MOST))
		return WEBSOCKET_BROKEN;
	*head = 2 + (size_t)more + MASK;
	if (size < 2 + (size_t)more)
		return 0;
	frame->size = more ? long_length(bytes + 2, more) : (uint64_t)length;
	if ((more == 2 && frame->size < 126) || (more == 8 && frame->size <= 0xffff) ||
	        frame->size >> 63)
		return WEBSOCKET_BROKEN;
	if (frame->size > WEBSOCKET_MESSAGE_MOST)
		return WEBSOCKET_TOO_LARGE;
	if (size < *head + frame->size)
		return 0;
	frame->bytes = bytes + *head;
	return WEBSOCKET_DONE;
}

/* Codes that may stand in a frame (RFC 6455, 7.4, and the registry since). */
static bool may_be_said(int code)
{
	return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) ||
	       (code >= 3000 && code <= 4999);
}

static WebSocketEvent closing(const Frame *frame)
{
	size_t size = (size_t)frame->size;
	if (!size)
		return (WebSocketEvent){ .kind = WEBSOCKET_CLOSE,
			.code = WEBSOCKET_DONE };
	if (size < 2)
		return wrong(WEBSOCKET_BROKEN);
	int code = frame->bytes[0] << 8 | frame->bytes[1];
	const char *reason = (const char *)frame->bytes + 2;
	if (!may_be_said(code))
		return wrong(WEBSOCKET_BROKEN);
	if (utf8_invalid(reason, size - 2) != size - 2)
		return wrong(WEBSOCKET_NOT_UTF8);
	return (WebSocketEvent){ .kind = WEBSOCKET_CLOSE, .code = code };
}

static WebSocketEvent control(const Frame *frame)
{
	if (frame->opcode == CLOSE)
		return closing(frame);
	return (WebSocketEvent){
		.kind = frame->opcode == PING ? WEBSOCKET_PING : WEBSOCKET_PONG,
		.data = frame->bytes,
		.size = (size_t)frame->size,
	};
}

/* A frame of a message: the whole of it, or a part that is put to the others. */
static WebSocketEvent message(WebSocketReader *reader, const Frame *frame)
{
	bool goes_on = frame->opcode == GOES_ON;
	if (goes_on != (reader->opcode != 0))
		return wrong(WEBSOCKET_BROKEN);
	if (!goes_on) {
		reader->opcode = frame->opcode;
		reader->used = 0;
		reader->frames = 0;
	}
	size_t size = (size_t)frame->size;
	if (size > WEBSOCKET_MESSAGE_MOST - reader->used ||
	        ++reader->frames > WEBSOCKET_FRAMES_MOST)
		return wrong(WEBSOCKET_TOO_LARGE);
	memcpy(reader->message + reader->used, frame->bytes, size);
	reader->used += size;
	if (!frame->final)
		return (WebSocketEvent){ .kind = WEBSOCKET_PART };
	bool text = reader->opcode == TEXT;
	reader->opcode = 0;
	const char *said = (const char *)reader->message;
	if (text && utf8_invalid(said, reader->used) != reader->used)
		return wrong(WEBSOCKET_NOT_UTF8);
	return (WebSocketEvent){
		.kind = text ? WEBSOCKET_TEXT : WEBSOCKET_BINARY,
		.data = reader->message,
		.size = reader->used,
	};
}

WebSocketEvent websocket_read(
        WebSocketReader *reader, unsigned char *bytes, size_t size, size_t *taken)
{
	Frame frame;
	size_t head = 0;
	*taken = 0;
	int code = read_head(&frame, &head, bytes, size);
	if (!code)
		return (WebSocketEvent){ .kind = WEBSOCKET_MORE };
	if (code != WEBSOCKET_DONE)
		return wrong(code);
	*taken = head + (size_t)frame.size;
	const unsigned char *mask = frame.bytes - MASK;
	for (size_t i = 0; i < frame.size; i++)
		frame.bytes[i] ^= mask[i % MASK];
	return frame.opcode >= CLOSE ? control(&frame) : message(reader, &frame);
}

size_t websocket_head(
        unsigned char head[WEBSOCKET_HEAD_MOST], WebSocketKind kind, size_t size)
{
	static const int opcodes[] = {
		[WEBSOCKET_TEXT] = TEXT,
		[WEBSOCKET_BINARY] = BINARY,
		[WEBSOCKET_PING] = PING,
		[WEBSOCKET_PONG] = PONG,
		[WEBSOCKET_CLOSE] = CLOSE,
	};
	int more = size <= CONTROL_MOST ? 0 : size <= 0xffff ? 2 : 8;
	head[0] = (unsigned char)(FIN | opcodes[kind]);
	head[1] = (unsigned char)(more == 0 ? size : more == 2 ? 126 : 127);
	for (int i = 0; i < more; i++)
		head[2 + i] = (unsigned char)((uint64_t)size >> 8 * (more - 1 - i) & 255);
	return 2 + (size_t)more;
}
