#pragma once

#include <gio/gio.h>
#include <stdint.h>

#include "reel-generation.h"

G_BEGIN_DECLS

/* What libFuzzer calls. Each target defines the first; the second is in the library, for all of them. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
int LLVMFuzzerInitialize (int *argc, char ***argv);

/* The input as a C string: up to its first NUL. */
char *fuzz_dup_text (const uint8_t *data, size_t size);

/* A text that is not empty, valid UTF-8, at most @max_bytes long, and without control characters. */
void fuzz_check_name (const char *name, gsize max_bytes);

/* A text for people: valid UTF-8, no control characters but line breaks and tabs. */
void fuzz_check_text (const char *text);

/* Exactly one of the two is there, and the error is one that an answer can be: sent, and of our own domain. */
void fuzz_check_answer (gconstpointer result, const GError *error);

/* What holds of everything that was read from @body. */
void fuzz_check_generation (const ReelGeneration *generation, GBytes *body);

G_END_DECLS
