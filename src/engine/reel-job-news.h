#pragma once

#include "reel-job-book.h"

G_BEGIN_DECLS

gboolean reel_job_news_take_generation (ReelJobBook *book,
                                        ReelJob *job,
                                        const ReelGeneration *generation,
                                        GAsyncReadyCallback on_succeeded,
                                        gpointer data);
void reel_job_news_take_error (ReelJobBook *book, ReelJob *job, const GError *error);
void reel_job_news_take_not_found (ReelJobBook *book, ReelJob *job, const GError *error);

G_END_DECLS
