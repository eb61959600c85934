#include "sb-random.h"

#include <errno.h>
#include <sys/random.h>

struct _SbRandom
{
  gboolean seeded;
  guint64  state[4];
};

static guint64
splitmix (guint64 *seed)
{
  guint64 z = (*seed += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return z ^ (z >> 31);
}

SbRandom *
sb_random_new_seeded (guint64 seed)
{
  SbRandom *self = g_new0 (SbRandom, 1);

  self->seeded = TRUE;
  for (guint i = 0; i < 4; i++)
    self->state[i] = splitmix (&seed);

  return self;
}

SbRandom *
sb_random_new_system (void)
{
  return g_new0 (SbRandom, 1);
}

void
sb_random_free (SbRandom *self)
{
  g_free (self);
}

static guint64
rotate (guint64 x,
        int     by)
{
  return (x << by) | (x >> (64 - by));
}

static guint64
kernel_next (void)
{
  guint64 value;
  gssize  got;

  do
    got = getrandom (&value, sizeof value, 0);
  while (got < 0 && errno == EINTR);

  g_assert (got == sizeof value);

  return value;
}

guint64
sb_random_next (SbRandom *self)
{
  guint64 *s = self->state;
  guint64  result, t;

  if (!self->seeded)
    return kernel_next ();

  result = rotate (s[1] * 5, 7) * 9;
  t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate (s[3], 45);

  return result;
}

/* A number in 0..@limit-1, without bias. */
guint32
sb_random_below (SbRandom *self,
                 guint32   limit)
{
  guint64 bound, value;

  g_return_val_if_fail (limit > 0, 0);

  bound = G_MAXUINT64 - G_MAXUINT64 % limit;
  do
    value = sb_random_next (self);
  while (value >= bound);

  return value % limit;
}

/* A number in [0, 1). */
double
sb_random_unit (SbRandom *self)
{
  return (sb_random_next (self) >> 11) * (1.0 / 9007199254740992.0);
}

void
sb_random_bytes (SbRandom *self,
                 guint8   *bytes,
                 gsize     length)
{
  for (gsize i = 0; i < length; i++)
    bytes[i] = sb_random_next (self) & 0xff;
}

/* @length characters of base62: 5.95 bits each. */
char *
sb_random_token (SbRandom *self,
                 gsize     length)
{
  static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  char             *token = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    token[i] = digits[sb_random_below (self, 62)];
  token[length] = '\0';

  return token;
}
