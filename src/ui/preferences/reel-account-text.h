#pragma once

#include "reel-account.h"
#include "reel-uri.h"

G_BEGIN_DECLS

char *reel_account_text_describe (ReelAccount *account);
const char *reel_account_text_refuse_base_url (const char *base_url);
const char *reel_account_text_refuse_proxy (const char *proxy);
char *reel_account_text_clean_base_url (const char *typed);
char *reel_account_text_make_test_sentence (guint n_models);
char *reel_account_text_make_removal_sentence (guint n_running);

G_END_DECLS
