#pragma once

#include "sb-practice.h"

G_BEGIN_DECLS

/**
 * SbPracticeCall:
 * @parts: the path without version and empty elements, never empty of its terminator
 * @params: query and form parameters
 * @body: the JSON body when it is an object, %NULL otherwise
 * @wamid: set by a send, for the log
 *
 * One request on its way to its answer. A handler answers with sb_practice_call_answer () or one of the failures; the failures
 * return %FALSE so that a check can end with them.
 */
typedef struct
{
  SbPractice        *practice;
  SoupServerMessage *message;
  const char        *method;
  char             **parts;
  guint              n_parts;
  GHashTable        *params;
  JsonNode          *node;
  JsonObject        *body;
  GBytes            *raw;
  char              *wamid;
  guint              status;
  JsonObject        *answer;
  gboolean           answered;
} SbPracticeCall;

SbPracticeCall *sb_practice_call_new (SbPractice        *practice,
                                      SoupServerMessage *message,
                                      const char        *path,
                                      GHashTable        *query);
void            sb_practice_call_free (SbPracticeCall *self);

gboolean    sb_practice_call_is (SbPracticeCall *self,
                                 const char     *method);
const char *sb_practice_call_header (SbPracticeCall *self,
                                     const char     *name);
char       *sb_practice_call_base (SbPracticeCall *self) G_GNUC_WARN_UNUSED_RESULT;
char       *sb_practice_call_param (SbPracticeCall *self,
                                    const char     *name) G_GNUC_WARN_UNUSED_RESULT;
gint64      sb_practice_call_param_int (SbPracticeCall *self,
                                        const char     *name,
                                        gint64          fallback);
gboolean    sb_practice_call_param_bool (SbPracticeCall *self,
                                         const char     *name,
                                         gboolean        fallback);

void     sb_practice_call_answer (SbPracticeCall *self,
                                  JsonObject     *answer);
void     sb_practice_call_success (SbPracticeCall *self);
void     sb_practice_call_bytes (SbPracticeCall *self,
                                 guint           status,
                                 const char     *content_type,
                                 GBytes         *bytes);
gboolean sb_practice_call_fail (SbPracticeCall *self,
                                int             code,
                                const char     *format,
                                ...) G_GNUC_PRINTF (3, 4);
gboolean sb_practice_call_fail_sub (SbPracticeCall *self,
                                    int             code,
                                    int             subcode,
                                    const char     *title,
                                    const char     *text);
void     sb_practice_call_fail_raw (SbPracticeCall *self,
                                    guint           status,
                                    JsonObject     *answer);
void     sb_practice_call_page (SbPracticeCall *self,
                                GPtrArray      *objects,
                                JsonObject     *summary);
void     sb_practice_call_finish (SbPracticeCall *self);

const char *sb_practice_error_title (int code);
JsonObject *sb_practice_error_for_webhook (int         code,
                                           const char *details) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbPracticeCall, sb_practice_call_free)

G_END_DECLS
