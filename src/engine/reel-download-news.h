#pragma once

#include "reel-job-book.h"
#include "reel-transfer.h"

G_BEGIN_DECLS

void reel_download_news_take_begin (ReelJobBook *book, ReelJob *job, ReelTransfer *transfer);
void reel_download_news_take_wait (ReelJobBook *book, ReelJob *job, const char *message);
void reel_download_news_take_video (ReelJobBook *book, ReelJob *job, ReelTransfer *transfer, const char *url);
void reel_download_news_take_failure (ReelJobBook *book, ReelJob *job, const GError *error, const char *aside);

G_END_DECLS
