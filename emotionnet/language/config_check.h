/* config_check.h: for config.c, config_json.c and config_gguf.c. */
#ifndef EMOTIONNET_LANGUAGE_CONFIG_CHECK_H
#define EMOTIONNET_LANGUAGE_CONFIG_CHECK_H

#include "emotionnet/language/config.h"

/* The family of this name. */
bool config_family(
        LanguageConfig *config, const char *path, const char *name, Error *error);

/* Fills in what follows from the rest (groups, head), and checks that all fits. */
bool config_check(LanguageConfig *config, const char *path, Error *error);

#endif
