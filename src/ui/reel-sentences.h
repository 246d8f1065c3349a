#pragma once

#include <glib.h>

G_BEGIN_DECLS

void reel_sentences_add (GString *text, const char *sentence);
char *reel_sentences_make_quotable (const char *words);
char *reel_sentences_make_quote (const char *service_code, const char *service_message);

G_END_DECLS
