#include "sb-triage.h"

#include <glib/gi18n.h>

#include "sb-tell.h"

typedef struct
{
  GtkWidget *widget;
  char      *said;
} Acted;

static void
acted_free (Acted *acted)
{
  g_object_unref (acted->widget);
  g_free (acted->said);
  g_free (acted);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Acted, acted_free)

static Acted *
acted_new (GtkWidget  *widget,
           const char *said)
{
  Acted *acted = g_new0 (Acted, 1);

  acted->widget = g_object_ref (widget);
  acted->said = g_strdup (said);

  return acted;
}

static void
acted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Acted)  acted = user_data;
  g_autoptr (GError) error = NULL;
  gint64             undo_id = sb_engine_act_finish (SB_ENGINE (object), result, &error);

  if (undo_id < 0)
    sb_tell (acted->widget, error->message);
  else if (acted->said != NULL)
    sb_tell_undo (acted->widget, acted->said, SB_ENGINE (object), undo_id);
}

/* @said: (nullable): the words of the toast; without, only a failure is told */
void
sb_triage_act (GtkWidget   *widget,
               SbEngine    *engine,
               const SbAct *act,
               const char  *said)
{
  sb_engine_act_async (engine, act, acted_cb, acted_new (widget, said));
}

/* -- acts -- */

static char *
words_of_one (SbActKind kind,
              gint64    value)
{
  switch ((int) kind)
    {
    case SB_ACT_DONE:
      return g_strdup (C_("toast", "Done"));
    case SB_ACT_OPEN:
      return g_strdup (_("Reopened"));
    case SB_ACT_PENDING:
      return g_strdup (_("Pending"));
    case SB_ACT_PIN:
      return g_strdup (value != 0 ? _("Pinned") : _("Unpinned"));
    case SB_ACT_UNREAD:
      return g_strdup (_("Marked as unread"));
    case SB_ACT_READ:
      return g_strdup (_("Marked as read"));
    case SB_ACT_BLOCK:
      return g_strdup (value != 0 ? _("Blocked") : _("No longer blocked"));
    default:
      return NULL;
    }
}

static char *
words_of_many (SbActKind kind,
               gint64    value,
               guint     n)
{
  switch ((int) kind)
    {
    case SB_ACT_DONE:
      return g_strdup_printf (ngettext ("%u conversation done", "%u conversations done", n), n);
    case SB_ACT_OPEN:
      return g_strdup_printf (ngettext ("%u conversation reopened", "%u conversations reopened", n), n);
    case SB_ACT_PENDING:
      return g_strdup_printf (ngettext ("%u conversation pending", "%u conversations pending", n), n);
    case SB_ACT_PIN:
      return value != 0 ? g_strdup_printf (ngettext ("%u conversation pinned", "%u conversations pinned", n), n)
                        : g_strdup_printf (ngettext ("%u conversation unpinned", "%u conversations unpinned", n), n);
    case SB_ACT_UNREAD:
      return g_strdup_printf (ngettext ("%u conversation marked as unread", "%u conversations marked as unread", n), n);
    case SB_ACT_READ:
      return g_strdup_printf (ngettext ("%u conversation marked as read", "%u conversations marked as read", n), n);
    default:
      return words_of_one (kind, value);
    }
}

/* @said: (nullable) */
void
sb_triage_run (GtkWidget  *widget,
               SbEngine   *engine,
               GArray     *threads,
               SbActKind   kind,
               gint64      value,
               const char *text,
               const char *said)
{
  SbAct act = { .kind = kind, .thread_ids = (const gint64 *) (gpointer) threads->data, .n_threads = threads->len, .value = value, .text = text };

  sb_triage_act (widget, engine, &act, said);
}

/* An act that needs no choice, with its usual words. */
void
sb_triage_simple (GtkWidget *widget,
                  SbEngine  *engine,
                  GArray    *threads,
                  SbActKind  kind,
                  gint64     value)
{
  g_autofree char *said = threads->len == 1 ? words_of_one (kind, value) : words_of_many (kind, value, threads->len);

  sb_triage_run (widget, engine, threads, kind, value, NULL, said);
}

/* -- taking back -- */

static void
undone_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Acted)  acted = user_data;
  g_autoptr (GError) error = NULL;

  if (sb_engine_undo_finish (SB_ENGINE (object), result, &error))
    sb_tell (acted->widget, acted->said);
  else
    sb_tell (acted->widget, g_error_matches (error, SB_ERROR, SB_ERROR_NOT_FOUND) ? _("There is nothing to undo") : error->message);
}

void
sb_triage_undo (GtkWidget *widget,
                SbEngine  *engine)
{
  sb_engine_undo_async (engine, 0, undone_cb, acted_new (widget, _("Undone")));
}

static void
redone_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Acted)  acted = user_data;
  g_autoptr (GError) error = NULL;

  if (sb_engine_redo_finish (SB_ENGINE (object), result, &error))
    sb_tell (acted->widget, acted->said);
  else
    sb_tell (acted->widget, g_error_matches (error, SB_ERROR, SB_ERROR_NOT_FOUND) ? _("There is nothing to redo") : error->message);
}

void
sb_triage_redo (GtkWidget *widget,
                SbEngine  *engine)
{
  sb_engine_redo_async (engine, redone_cb, acted_new (widget, _("Done again")));
}
