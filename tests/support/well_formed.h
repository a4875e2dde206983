/* well_formed.h: of a picture that is no well-formed XML a browser draws nothing. */
#ifndef TESTS_WELL_FORMED_H
#define TESTS_WELL_FORMED_H

/* Each attribute has a value in quotation marks, each element an end, within the one
 * it began in. */
void assert_well_formed(const char *svg);

#endif
