#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SbRandom:
 *
 * A source of chance that is an argument. Seeded, it is the same sequence on every machine (xoshiro256**); unseeded, it
 * reads the kernel's source and may be used for tokens. Not thread-safe.
 */
typedef struct _SbRandom SbRandom;

SbRandom *sb_random_new_seeded (guint64 seed);
SbRandom *sb_random_new_system (void);
void      sb_random_free (SbRandom *self);

guint64 sb_random_next (SbRandom *self);
guint32 sb_random_below (SbRandom *self,
                         guint32   limit);
double  sb_random_unit (SbRandom *self);
void    sb_random_bytes (SbRandom *self,
                         guint8   *bytes,
                         gsize     length);
char   *sb_random_token (SbRandom *self,
                         gsize     length) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbRandom, sb_random_free)

G_END_DECLS
