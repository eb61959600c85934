#include "sb-status.h"

/* How much a fact is worth. A status only ever moves up; failed and unknown stand beside the ladder. */
static int
rank (SbStatus status)
{
  switch (status)
    {
    case SB_STATUS_HELD:
      return 4;
    case SB_STATUS_ACCEPTED:
      return 5;
    case SB_STATUS_SENT:
      return 7;
    case SB_STATUS_DELIVERED:
      return 9;
    case SB_STATUS_READ:
      return 10;
    case SB_STATUS_PLAYED:
      return 11;
    case SB_STATUS_DRAFT:
      return 0;
    case SB_STATUS_QUEUED:
      return 1;
    case SB_STATUS_SENDING:
      return 2;
    case SB_STATUS_UNKNOWN:
      return 3;
    case SB_STATUS_FAILED:
      return 8;
    case SB_STATUS_CANCELLED:
      return 3;
    case SB_STATUS_NONE:
    default:
      return -1;
    }
}

/**
 * sb_status_merge:
 * @now: what the message's status is
 * @fact: what the network just told
 *
 * Joins on the lattice: any order and any repetition of facts give the same status. "failed" overrides "sent" and is itself
 * overridden only by "delivered" and above, because providers do report a delivery after a failure; "read" without an
 * earlier "delivered" implies it. Facts of the network only; the outbox's own steps (queued, sending, cancelled) are set
 * by compare-and-set on the outbox row.
 */
SbStatus
sb_status_merge (SbStatus now,
                 SbStatus fact)
{
  return rank (fact) > rank (now) ? fact : now;
}

/* Nothing final is known yet. */
gboolean
sb_status_is_on_the_way (SbStatus status)
{
  return status == SB_STATUS_QUEUED || status == SB_STATUS_SENDING;
}

/* The words of the statuses webhook; %SB_STATUS_NONE for one that is not known. */
SbStatus
sb_status_from_wire (const char *word)
{
  static const struct
  {
    const char *word;
    SbStatus    status;
  } words[] = {
    { "sent", SB_STATUS_SENT },
    { "delivered", SB_STATUS_DELIVERED },
    { "read", SB_STATUS_READ },
    { "played", SB_STATUS_PLAYED },
    { "failed", SB_STATUS_FAILED },
  };

  for (gsize i = 0; word != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].word, word))
      return words[i].status;

  return SB_STATUS_NONE;
}

/* Names for the command line and the log, never for people. */
const char *
sb_status_to_name (SbStatus status)
{
  static const char *const names[] = { "none", "draft", "queued", "sending", "accepted", "sent", "delivered",
                                       "read", "failed", "unknown", "cancelled", "played", "held" };

  return (guint) status < G_N_ELEMENTS (names) ? names[status] : "none";
}

const char *
sb_message_kind_to_name (SbMessageKind kind)
{
  static const char *const names[] = { "none", "text", "image", "video", "audio", "document", "sticker", "location", "contacts",
                                       "interactive", "interactive_reply", "button", "template", "order", "system",
                                       "unsupported", "welcome", "note" };

  return (guint) kind < G_N_ELEMENTS (names) ? names[kind] : "none";
}

const char *
sb_direction_to_name (SbDirection direction)
{
  static const char *const names[] = { "in", "out", "note", "system" };

  return (guint) direction < G_N_ELEMENTS (names) ? names[direction] : "system";
}

const char *
sb_thread_status_to_name (SbThreadStatus status)
{
  static const char *const names[] = { "none", "open", "pending", "closed", "snoozed" };

  return (guint) status < G_N_ELEMENTS (names) ? names[status] : "none";
}
