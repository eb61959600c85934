#include "sb-segment-acts.h"

#include <glib/gi18n.h>

#include "sb-choice-dialog.h"
#include "sb-segment-dialog.h"
#include "sb-segment-why.h"
#include "sb-tell.h"

/* -- telling -- */

/* What is under way, or waits for an answer. */
typedef struct
{
  GtkWidget *widget;
  SbEngine  *engine;
  SbSegment *segment; /* or NULL */
  GArray    *contacts;
  gboolean   in;
} Act;

static void
act_free (gpointer data)
{
  Act *act = data;

  g_object_unref (act->widget);
  g_object_unref (act->engine);
  g_clear_pointer (&act->segment, sb_segment_free);
  g_clear_pointer (&act->contacts, g_array_unref);
  g_free (act);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Act, act_free)

static Act *
act_new (GtkWidget *widget,
         SbEngine  *engine,
         gint64     segment_id,
         GArray    *contacts)
{
  Act *act = g_new0 (Act, 1);

  act->widget = g_object_ref (widget);
  act->engine = g_object_ref (engine);
  act->segment = segment_id != 0 ? sb_reader_get_segment (sb_engine_get_reader (engine), segment_id) : NULL;
  act->contacts = contacts != NULL ? g_array_ref (contacts) : NULL;

  return act;
}

/* -- members -- */

static void
members_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Act)    act = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char   *said = NULL;
  guint              n = 0;
  gint64             undo_id = sb_engine_segment_act_finish (act->engine, result, &n, &error);

  if (undo_id < 0)
    {
      sb_tell_undo (act->widget, error->message, act->engine, -1);
      return;
    }
  if (n == 0)
    said = g_strdup (act->in ? _("They are in this list already") : _("They were not in this list"));
  else if (act->in)
    said = g_strdup_printf (ngettext ("%lu person put in “%s”", "%lu people put in “%s”", n), (gulong) n, act->segment->name);
  else
    said = g_strdup_printf (ngettext ("%lu person taken out of “%s”", "%lu people taken out of “%s”", n), (gulong) n, act->segment->name);
  sb_tell_undo (act->widget, said, act->engine, n > 0 ? undo_id : 0);
}

static void
set_members (GtkWidget *widget,
             SbEngine  *engine,
             gint64     segment_id,
             GArray    *contacts,
             gboolean   in)
{
  Act *act = act_new (widget, engine, segment_id, contacts);

  if (act->segment == NULL)
    {
      act_free (act);
      return;
    }
  act->in = in;
  sb_engine_set_members_async (engine, segment_id, contacts, in, members_cb, act);
}

static void
chosen_cb (gint64   value,
           gpointer user_data)
{
  const Act *act = user_data;

  set_members (act->widget, act->engine, value, act->contacts, TRUE);
}

/* -- names -- */

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Act)    act = user_data;
  g_autoptr (GError) error = NULL;

  if (sb_engine_save_segment_finish (act->engine, result, &error) == 0)
    sb_tell_undo (act->widget, error->message, act->engine, -1);
}

static void
typed_cb (const char *text,
          gpointer    user_data)
{
  const Act *act = user_data;
  SbSegment  segment = { .name = (char *) text, .kind = SB_SEGMENT_LIST };

  if (act->segment != NULL)
    {
      segment.id = act->segment->id;
      segment.position = act->segment->position;
    }
  sb_engine_save_segment_async (act->engine, &segment, act->contacts, saved_cb, act_new (act->widget, act->engine, 0, NULL));
}

static SbChoiceDialog *
ask_name (Act        *act,
          const char *title,
          const char *label)
{
  SbChoiceDialog *dialog = sb_choice_dialog_new (title, chosen_cb, act, act_free);

  sb_choice_dialog_add_entry (dialog, label, act->segment != NULL ? act->segment->name : NULL, typed_cb);

  return dialog;
}

void
sb_segment_act_new_list (GtkWidget *widget,
                         SbEngine  *engine,
                         GArray    *contacts)
{
  adw_dialog_present (ADW_DIALOG (ask_name (act_new (widget, engine, 0, contacts), _("New List"), _("Name of the List"))), widget);
}

void
sb_segment_act_add (GtkWidget *widget,
                    SbEngine  *engine,
                    GArray    *contacts)
{
  g_autoptr (GPtrArray) segments = sb_reader_list_segments (sb_engine_get_reader (engine));
  SbChoiceDialog       *dialog = ask_name (act_new (widget, engine, 0, contacts), _("Add to List"), _("Name of a New List"));

  for (guint i = 0; i < segments->len; i++)
    {
      const SbSegment *segment = segments->pdata[i];

      if (segment->kind == SB_SEGMENT_LIST)
        sb_choice_dialog_add (dialog, segment->name, NULL, '\0', segment->id);
    }
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

void
sb_segment_act_remove (GtkWidget *widget,
                       SbEngine  *engine,
                       gint64     segment_id,
                       GArray    *contacts)
{
  set_members (widget, engine, segment_id, contacts, FALSE);
}

/* -- rules -- */

void
sb_segment_act_new_rule (GtkWidget *widget,
                         SbEngine  *engine)
{
  adw_dialog_present (sb_segment_dialog_new (engine, NULL), widget);
}

void
sb_segment_act_change (GtkWidget *widget,
                       SbEngine  *engine,
                       gint64     segment_id)
{
  g_autoptr (SbSegment) segment = sb_reader_get_segment (sb_engine_get_reader (engine), segment_id);

  if (segment == NULL)
    return;
  if (segment->kind == SB_SEGMENT_RULE)
    adw_dialog_present (sb_segment_dialog_new (engine, segment), widget);
  else
    adw_dialog_present (ADW_DIALOG (ask_name (act_new (widget, engine, segment_id, NULL), _("Rename the List"), _("Name of the List"))), widget);
}

static void
deleted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Act)    act = user_data;
  g_autoptr (GError) error = NULL;
  gint64             undo_id = sb_engine_segment_act_finish (act->engine, result, NULL, &error);
  g_autofree char   *said = g_strdup_printf (_("“%s” removed"), act->segment->name);

  sb_tell_undo (act->widget, undo_id < 0 ? error->message : said, act->engine, undo_id);
}

void
sb_segment_act_delete (GtkWidget *widget,
                       SbEngine  *engine,
                       gint64     segment_id)
{
  Act *act = act_new (widget, engine, segment_id, NULL);

  if (act->segment == NULL)
    act_free (act);
  else
    sb_engine_delete_segment_async (engine, segment_id, deleted_cb, act);
}

void
sb_segment_act_why (GtkWidget *widget,
                    SbEngine  *engine,
                    gint64     segment_id,
                    gint64     contact_id)
{
  adw_dialog_present (sb_segment_why_new (engine, segment_id, contact_id), widget);
}
