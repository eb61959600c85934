#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * How a text of the shop is read as a value. The evaluator of conditions and the SQL of the store both use these, so that
 * both give the same answer.
 */
char    *sb_value_fold (const char *text) G_GNUC_WARN_UNUSED_RESULT;
gboolean sb_value_number (const char *text,
                          double     *number);
gboolean sb_value_day (const char *text,
                       gint64     *day); /* days since 1 January 1970 */
gboolean sb_value_yes (const char *text,
                       gboolean   *yes);
char    *sb_value_digits (const char *text) G_GNUC_WARN_UNUSED_RESULT;

gint64 sb_day_of (gint64     at_ms,
                  GTimeZone *zone);
gint64 sb_day_start (gint64     day,
                     GTimeZone *zone);
gint64 sb_day_until_anniversary (gint64 day,
                                 gint64 today);

G_END_DECLS
