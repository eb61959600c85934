#pragma once

#include <libsoup/soup.h>

#include "sb-clock.h"
#include "sb-http.h"
#include "sb-json.h"
#include "sb-random.h"

#include "sb-practice-store.h"

G_BEGIN_DECLS

#define SB_PRACTICE_VERSION "v25.0"

/**
 * SbPracticeOptions:
 *
 * The command line, as given.
 */
typedef struct
{
  char    *listen;
  char    *state_dir;
  char    *webhook;
  char    *media_auth;
  char    *window_error;
  gint64   seed;
  gboolean seeded;
  gboolean no_history;
  gboolean cake_shop;
  gboolean exit_with_stdin;
} SbPracticeOptions;

/**
 * SbPractice:
 *
 * A whole practice world: one business account with one number, its customers, its clock. @config holds the credentials and
 * switches and is a document of the store like everything else; nothing that matters lives in memory alone. Only this
 * folder looks inside.
 */
typedef struct _SbPractice SbPractice;

struct _SbPractice
{
  SbPracticeOptions *options;
  SbClock           *clock;
  SbPracticeStore   *store;
  SbHttp            *http;
  SoupServer        *server;
  JsonObject        *config;
  char              *url;
  gint64             moment; /* while something due happens: when it was due; otherwise 0 */
  GSequence         *due;    /* what will happen, by time; each is a document too */
  guint              due_timer;
  GPtrArray         *faults;   /* JsonObject */
  GPtrArray         *requests; /* JsonObject, the log */
  GPtrArray         *waiters;  /* long polls of the box */
  GHashTable        *pace;     /* name of a bucket -> its fill */
  GHashTable        *people;   /* phone or user id -> id of the persona */
  GHashTable        *deliveries;
};

SbPractice *sb_practice_new (SbPracticeOptions *options,
                             GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void        sb_practice_free (SbPractice *self);
gboolean    sb_practice_listen (SbPractice *self,
                                GError    **error);
char       *sb_practice_describe (SbPractice *self) G_GNUC_WARN_UNUSED_RESULT;
void        sb_practice_reset (SbPractice *self);

gint64      sb_practice_now (SbPractice *self);
const char *sb_practice_config (SbPractice *self,
                                const char *member);
void        sb_practice_save_config (SbPractice *self);
SbRandom   *sb_practice_random (SbPractice *self) G_GNUC_WARN_UNUSED_RESULT;
char       *sb_practice_new_id (SbPractice *self,
                                const char *prefix) G_GNUC_WARN_UNUSED_RESULT;
char       *sb_practice_new_wamid (SbPractice *self,
                                   const char *address,
                                   gboolean    inbound) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *sb_practice_copy (JsonObject *object) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbPractice, sb_practice_free)

G_END_DECLS
