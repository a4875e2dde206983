/* consent.h: whoever is heard or seen has agreed to it. What hears people as they speak asks
 * here before it opens a microphone, a file or a socket, and the answer is no until the
 * command line says yes.
 *
 * The law of the European Union: Regulation (EU) 2024/1689, Art. 5(1)(f), prohibits inferring
 * emotions of people at work and in education, but for medical or safety reasons; Art. 50(3)
 * obliges whoever uses such a system to inform the people exposed to it. A program cannot
 * check either. It can name them, and want to be told who agreed. */
#ifndef EMOTIONNET_LIVE_CONSENT_H
#define EMOTIONNET_LIVE_CONSENT_H

#include "emotionnet/experiment/options.h"
#include "tensor/file/file.h"

#include <stdio.h>
#include <time.h>

/* What the command line says of it. */
typedef struct Consent {
	bool speaker;     /* --i-am-the-speaker: who hears is who is heard */
	const char *file; /* --consent FILE; NULL: none */
} Consent;

/* Adds both options, their values inside `consent`. */
void consent_options(Options *options, Consent *consent);

/* What a consent file says, four lines in any order; # begins a remark:
 *
 *     who: Ana Silva
 *     when: 2026-05-04
 *     for: showing this program at the open day
 *     until: 2026-05-31
 *
 * It holds from the day `when` to the day `until`, both included. */
typedef struct ConsentFile {
	const char *who, *when, *purpose, *until; /* the dates as in ISO 8601 */
} ConsentFile;

/* Reads the bytes of a file (its path, for messages) into the arena. Fails, naming the line,
 * where one is missing, empty, stands twice or is none of these, or is no date. */
bool consent_read(
        ConsentFile *consent, Arena *arena, const char *path, Bytes bytes, Error *error);

/* The day that it is here at that time: "2026-05-04". */
enum { CONSENT_DAY = 11 };
void consent_day(char day[CONSENT_DAY], time_t now);

/* Whether people may be heard on that day. Names the law on `out` first, then who agreed to
 * what. Fails where neither option is given, or both; where the file cannot be read; where
 * what it says begins later or has expired. */
bool consent_ask(
        const Consent *consent, Arena *arena, const char *today, FILE *out, Error *error);

#endif
