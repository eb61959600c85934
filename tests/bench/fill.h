#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Big shops for the benchmarks: the same for the same size, made once and kept. Made with plain SQL because the writer would
 * take minutes; a recount proves that every derived number is what the writer would have kept.
 */

#define BENCH_START_MS G_GINT64_CONSTANT (1640995200000) /* 1 January 2022 */
#define BENCH_NOW_MS   G_GINT64_CONSTANT (1735689600000) /* 1 January 2025 */
#define BENCH_WORDS    6000
#define BENCH_TAGS     12

/* The folder of a shop with so many messages, in $SHOPBELL_BENCH_DATA. */
char *bench_shop (guint n_messages);
/* A copy of it that may be written to; removed by bench_remove_copy (). */
char *bench_shop_copy (guint n_messages);
void  bench_remove_copy (char *folder);
/* $SHOPBELL_BENCH_MESSAGES, or a million. */
guint bench_size (void);

guint  bench_n_threads (guint n_messages);
gint64 bench_thread_id (guint index);
/* Words by how common they are: 0 is in most messages. */
char *bench_word (guint rank);
char *bench_wamid (guint index);
/* What somebody writes: 45 to 115 characters. */
char *bench_text (guint64 *state);

G_END_DECLS
