/*
 * The one question that everybody asks before a message goes out, and the one answer. Nothing here sends; nothing else
 * decides.
 */
#include "sb-engine-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "sb-json.h"
#include "sb-reader-consent.h"

/* Our clock and the network's may differ; the last two minutes are not used. */
#define WINDOW_MARGIN_MS (2 * SB_MINUTE_MS)

#define LONGEST_TEXT    4096
#define LONGEST_CAPTION 1024

typedef struct
{
  const char *mime; /* a whole type, or a prefix ending in "/" */
  gint64      largest;
} FileRule;

#define MB (1024 * 1024)

static const FileRule images[] = { { "image/jpeg", 5 * MB }, { "image/png", 5 * MB }, { NULL, 0 } };
static const FileRule sounds[] = { { "audio/aac", 16 * MB }, { "audio/amr", 16 * MB }, { "audio/mpeg", 16 * MB }, { "audio/mp4", 16 * MB }, { "audio/x-m4a", 16 * MB }, { "audio/ogg", 16 * MB }, { "audio/x-opus+ogg", 16 * MB }, { "audio/x-vorbis+ogg", 16 * MB }, { NULL, 0 } };
static const FileRule videos[] = { { "video/mp4", 16 * MB }, { "video/3gpp", 16 * MB }, { NULL, 0 } };
static const FileRule stickers[] = { { "image/webp", MB / 2 }, { NULL, 0 } };
/* Those the network lists; of others it says no only when they are there. */
static const FileRule documents[] = {
  { "text/", 100 * MB },
  { "application/pdf", 100 * MB },
  { "application/msword", 100 * MB },
  { "application/vnd.ms-excel", 100 * MB },
  { "application/vnd.ms-powerpoint", 100 * MB },
  { "application/vnd.openxmlformats-officedocument.wordprocessingml.document", 100 * MB },
  { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 100 * MB },
  { "application/vnd.openxmlformats-officedocument.presentationml.presentation", 100 * MB },
  { NULL, 0 }
};

static const FileRule *
rules_of (SbMessageKind kind)
{
  switch ((int) kind)
    {
    case SB_MESSAGE_IMAGE:
      return images;
    case SB_MESSAGE_AUDIO:
      return sounds;
    case SB_MESSAGE_VIDEO:
      return videos;
    case SB_MESSAGE_STICKER:
      return stickers;
    case SB_MESSAGE_DOCUMENT:
      return documents;
    default:
      return NULL;
    }
}

static gboolean
is_type (const char *mime,
         const char *wanted)
{
  return g_str_has_suffix (wanted, "/") ? g_str_has_prefix (mime, wanted) : g_str_equal (mime, wanted);
}

static SbReason
check_file (const SbOutgoingMessage *outgoing)
{
  const FileRule  *rule = rules_of (outgoing->kind);
  g_autofree char *type = NULL;
  g_autofree char *mime = NULL;
  GStatBuf         info;

  if (rule == NULL)
    return SB_REASON_ALLOWED;
  if (outgoing->path == NULL || g_stat (outgoing->path, &info) != 0 || info.st_size == 0)
    return SB_REASON_EMPTY;

  type = g_content_type_guess (outgoing->path, NULL, 0, NULL);
  mime = g_content_type_get_mime_type (type);
  for (; mime != NULL && rule->mime != NULL; rule++)
    if (is_type (mime, rule->mime))
      return info.st_size > rule->largest ? SB_REASON_FILE_TOO_LARGE : SB_REASON_ALLOWED;

  return SB_REASON_FILE_TYPE;
}

static SbReason
check_content (SbReader                *reader,
               const SbOutgoingMessage *outgoing,
               char                   **detail)
{
  glong length = outgoing->text != NULL ? g_utf8_strlen (outgoing->text, -1) : 0;

  switch ((int) outgoing->kind)
    {
    case SB_MESSAGE_NOTE:
      return SB_REASON_IS_A_NOTE;
    case SB_MESSAGE_TEXT:
      if (outgoing->text == NULL || outgoing->text[strspn (outgoing->text, " \n\t\r")] == '\0')
        return SB_REASON_EMPTY;
      return length > LONGEST_TEXT ? SB_REASON_TOO_LONG : SB_REASON_ALLOWED;
    case SB_MESSAGE_TEMPLATE:
      {
        g_autoptr (SbTemplate) template = sb_reader_get_template (reader, outgoing->template_id);

        return template == NULL ? SB_REASON_TEMPLATE_NOT_APPROVED : sb_template_check (template, outgoing->values, detail);
      }
    case SB_MESSAGE_LOCATION:
    case SB_MESSAGE_CONTACTS:
    case SB_MESSAGE_INTERACTIVE:
      return outgoing->data == NULL ? SB_REASON_EMPTY : SB_REASON_ALLOWED;
    default:
      return length > LONGEST_CAPTION ? SB_REASON_TOO_LONG : check_file (outgoing);
    }
}

static SbReason
check_line (const SbLine *line,
            SbSecrets    *secrets)
{
  if (line == NULL)
    return SB_REASON_NO_LINE;

  switch (line->state)
    {
    case SB_LINE_PAUSED:
      return SB_REASON_LINE_PAUSED;
    case SB_LINE_NEEDS_KEY:
      return SB_REASON_LINE_NEEDS_KEY;
    case SB_LINE_BLOCKED:
      return SB_REASON_LINE_BLOCKED;
    case SB_LINE_REMOVED:
      return SB_REASON_LINE_REMOVED;
    case SB_LINE_ACTIVE:
    default:
      return secrets != NULL && sb_secrets_get (secrets, line->id, "token") == NULL ? SB_REASON_NO_SECRET : SB_REASON_ALLOWED;
    }
}

static gboolean
window_is_open (SbReader *reader,
                gint64    now,
                gint64    thread_id,
                gint64    line_id)
{
  return thread_id != 0 && now < sb_reader_get_window (reader, thread_id, line_id) - WINDOW_MARGIN_MS;
}

/* The line that was asked for, the one the customer last wrote to, or the only one there is. */
static SbLine *
choose_line (SbReader                *reader,
             const SbOutgoingMessage *outgoing,
             const SbThread          *thread)
{
  g_autoptr (GPtrArray) lines = NULL;
  gint64                id = outgoing->line_id != 0 ? outgoing->line_id : thread != NULL ? thread->line_id
                                                                                         : 0;
  SbLine               *line = id != 0 ? sb_reader_get_line (reader, id) : NULL;

  if (line != NULL)
    return line;
  lines = sb_reader_list_lines (reader);

  return lines->len == 1 && outgoing->line_id == 0 ? sb_line_copy (lines->pdata[0]) : NULL;
}

/* Who has no conversation yet is known by the number. */
static gint64
contact_of (SbReader                *reader,
            const SbOutgoingMessage *outgoing,
            const SbThread          *thread)
{
  return thread != NULL ? thread->contact_id : outgoing->number != NULL ? sb_reader_find_contact_of_number (reader, outgoing->number)
                                                                        : 0;
}

static gboolean
is_blocked (SbReader       *reader,
            gint64          contact_id,
            const SbThread *thread)
{
  g_autoptr (SbContact) contact = thread == NULL && contact_id != 0 ? sb_reader_get_contact (reader, contact_id) : NULL;

  return thread != NULL ? thread->blocked : contact != NULL && contact->blocked;
}

/* A template is asked for by its category. */
static SbReason
check_consent (SbReader                *reader,
               const SbOutgoingMessage *outgoing,
               gint64                   contact_id)
{
  g_autoptr (SbTemplate) template = outgoing->kind == SB_MESSAGE_TEMPLATE ? sb_reader_get_template (reader, outgoing->template_id) : NULL;

  return template != NULL ? sb_gate_consent (reader, contact_id, template->category) : SB_REASON_ALLOWED;
}

/**
 * sb_gate_check:
 * @line_id: (out) (nullable): the line it would go out on
 * @detail: (out) (nullable): what the reason is about, such as the key of an empty gap
 *
 * Refusals come before waits, so that nothing is queued that could never go out.
 */
SbReason
sb_gate_check (SbReader                *reader,
               SbSecrets               *secrets,
               gint64                   now,
               const SbOutgoingMessage *outgoing,
               gint64                  *line_id,
               char                   **detail)
{
  gint64               thread_id = outgoing->thread_id != 0 ? outgoing->thread_id : outgoing->number != NULL ? sb_reader_find_thread (reader, outgoing->number)
                                                                                                             : 0;
  g_autoptr (SbThread) thread = thread_id != 0 ? sb_reader_get_thread (reader, thread_id) : NULL;
  g_autoptr (SbLine)   line = choose_line (reader, outgoing, thread);
  SbReason             content = check_content (reader, outgoing, detail);
  SbReason             state = check_line (line, secrets);
  gint64               contact_id = contact_of (reader, outgoing, thread);
  SbReason             consent = check_consent (reader, outgoing, contact_id);

  if (line_id != NULL)
    *line_id = line != NULL ? line->id : 0;
  if (thread == NULL && outgoing->number == NULL)
    return SB_REASON_NO_ADDRESS;
  if (state == SB_REASON_NO_LINE || state == SB_REASON_LINE_REMOVED)
    return state;
  if (is_blocked (reader, contact_id, thread))
    return SB_REASON_BLOCKED;
  if (consent != SB_REASON_ALLOWED)
    return consent;
  if (outgoing->kind != SB_MESSAGE_TEMPLATE && outgoing->kind != SB_MESSAGE_NOTE && !window_is_open (reader, MAX (now, outgoing->not_before), thread_id, line->id))
    return SB_REASON_WINDOW_CLOSED;
  if (content != SB_REASON_ALLOWED)
    return content;

  return state;
}

/* Once more at the moment of sending: the window may have closed and the customer been blocked while it waited. */
SbReason
sb_gate_recheck (SbReader        *reader,
                 gint64           now,
                 const SbMessage *message,
                 gint64           line_id,
                 gboolean         has_address)
{
  g_autoptr (SbThread) thread = sb_reader_get_thread (reader, message->thread_id);

  if (message->direction != SB_DIRECTION_OUT)
    return SB_REASON_IS_A_NOTE;
  if (thread == NULL || !has_address)
    return SB_REASON_NO_ADDRESS;
  if (thread->blocked)
    return SB_REASON_BLOCKED;
  if (message->kind != SB_MESSAGE_TEMPLATE && !window_is_open (reader, now - WINDOW_MARGIN_MS / 2, message->thread_id, line_id))
    return SB_REASON_WINDOW_CLOSED;

  return message->kind == SB_MESSAGE_TEMPLATE ? sb_gate_consent (reader, thread->contact_id, sb_json_string (message->data, "category")) : SB_REASON_ALLOWED;
}
