#include "sb-people-acts.h"

#include <glib/gi18n.h>

#include "sb-choice-dialog.h"
#include "sb-tag-group.h"
#include "sb-tell.h"

typedef struct
{
  GtkWidget   *widget;
  char        *said;
  SbPeopleDone done;
  gpointer     user_data;
} Acted;

static void
acted_free (Acted *acted)
{
  g_object_unref (acted->widget);
  g_free (acted->said);
  g_free (acted);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Acted, acted_free)

static void
acted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Acted)  acted = user_data;
  g_autoptr (GError) error = NULL;
  gint64             made = 0;
  gint64             undo_id = sb_engine_contact_act_finish (SB_ENGINE (object), result, &made, &error);

  if (undo_id < 0)
    {
      sb_tell (acted->widget, error->message);
      return;
    }
  if (acted->said != NULL)
    sb_tell_undo (acted->widget, acted->said, SB_ENGINE (object), undo_id);
  if (acted->done != NULL && gtk_widget_get_root (acted->widget) != NULL)
    acted->done (made, acted->user_data);
}

/* @said: (nullable): the words of the toast; without, only a failure is told */
void
sb_people_act_then (GtkWidget          *widget,
                    SbEngine           *engine,
                    const SbContactAct *act,
                    const char         *said,
                    SbPeopleDone        done,
                    gpointer            user_data)
{
  Acted *acted = g_new0 (Acted, 1);

  acted->widget = g_object_ref (widget);
  acted->said = g_strdup (said);
  acted->done = done;
  acted->user_data = user_data;
  sb_engine_contact_act_async (engine, act, acted_cb, acted);
}

void
sb_people_act (GtkWidget          *widget,
               SbEngine           *engine,
               const SbContactAct *act,
               const char         *said)
{
  sb_people_act_then (widget, engine, act, said, NULL, NULL);
}

/* -- acts on one or many -- */

static char *
name_of (SbEngine *engine,
         gint64    contact_id)
{
  g_autoptr (SbPerson) person = sb_reader_get_person (sb_engine_get_reader (engine), contact_id);

  return g_strdup (person != NULL ? person->name : "?");
}

static void
run (GtkWidget       *widget,
     SbEngine        *engine,
     GArray          *ids,
     SbContactActKind kind,
     gint64           value,
     const char      *text,
     const char      *said)
{
  SbContactAct act = { .kind = kind, .contact_ids = (const gint64 *) (gpointer) ids->data, .n_contacts = ids->len, .value = value, .text = text };

  sb_people_act (widget, engine, &act, said);
}

void
sb_people_remove (GtkWidget *widget,
                  SbEngine  *engine,
                  GArray    *ids)
{
  g_autofree char *name = name_of (engine, g_array_index (ids, gint64, 0));
  g_autofree char *said = NULL;

  if (ids->len == 1)
    /* Translators: name of a customer */
    said = g_strdup_printf (_("%s removed"), name);
  else
    said = g_strdup_printf (ngettext ("%u customer removed", "%u customers removed", ids->len), ids->len);
  run (widget, engine, ids, SB_CONTACT_REMOVE, 0, NULL, said);
}

/* @stage: (nullable): none any more */
void
sb_people_set_stage (GtkWidget     *widget,
                     SbEngine      *engine,
                     GArray        *ids,
                     const SbNamed *stage)
{
  g_autofree char *name = name_of (engine, g_array_index (ids, gint64, 0));
  g_autofree char *said = NULL;

  if (stage == NULL)
    said = g_strdup_printf (ngettext ("%u customer taken out of the stages", "%u customers taken out of the stages", ids->len), ids->len);
  else if (ids->len == 1)
    /* Translators: name of a customer, name of a stage */
    said = g_strdup_printf (_("%s moved to %s"), name, stage->name);
  else
    /* Translators: how many, and the name of a stage */
    said = g_strdup_printf (ngettext ("%u customer moved to %s", "%u customers moved to %s", ids->len), ids->len, stage->name);
  run (widget, engine, ids, SB_CONTACT_STAGE, stage != NULL ? stage->id : 0, NULL, said);
}

/* @how: 0 not blocked, 1 blocked, 2 and what they write is hidden */
void
sb_people_block (GtkWidget *widget,
                 SbEngine  *engine,
                 gint64     contact_id,
                 int        how)
{
  SbContactAct act = { .kind = SB_CONTACT_BLOCK, .contact_ids = &contact_id, .n_contacts = 1, .value = how };

  sb_people_act (widget, engine, &act, how == 0 ? _("No longer blocked") : how == 1 ? _("Blocked")
                                                                                 : _("Blocked, and what they write is hidden"));
}

/* -- with a choice -- */

typedef struct
{
  GtkWidget *widget;
  SbEngine  *engine;
  GArray    *ids;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_object_unref (choice->widget);
  g_object_unref (choice->engine);
  g_array_unref (choice->ids);
  g_free (choice);
}

static Choice *
choice_new (GtkWidget *widget,
            SbEngine  *engine,
            GArray    *ids)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->widget = g_object_ref (widget);
  choice->engine = g_object_ref (engine);
  choice->ids = g_array_ref (ids);

  return choice;
}

static gboolean
has_tag (SbReader *reader,
         gint64    contact_id,
         gint64    tag_id)
{
  g_autoptr (GPtrArray) tags = sb_reader_list_contact_tags (reader, contact_id);

  for (guint i = 0; i < tags->len; i++)
    if (((SbNamed *) tags->pdata[i])->id == tag_id)
      return TRUE;

  return FALSE;
}

/* One person's tag is taken off by choosing it again; many get it. */
static void
set_tag (Choice     *choice,
         const char *name,
         gboolean    on)
{
  g_autofree char *said = NULL;
  guint            n = choice->ids->len;

  if (on && n > 1)
    /* Translators: name of a tag, how many customers */
    said = g_strdup_printf (ngettext ("Tagged %s: %u customer", "Tagged %s: %u customers", n), name, n);
  else if (on)
    /* Translators: name of a tag */
    said = g_strdup_printf (_("Tagged %s"), name);
  else
    /* Translators: name of a tag */
    said = g_strdup_printf (_("Tag %s removed"), name);
  run (choice->widget, choice->engine, choice->ids, on ? SB_CONTACT_TAG : SB_CONTACT_UNTAG, 0, name, said);
}

static void
tag_chosen (gint64   value,
            gpointer user_data)
{
  Choice               *choice = user_data;
  SbReader             *reader = sb_engine_get_reader (choice->engine);
  g_autoptr (GPtrArray) tags = sb_reader_list_tags (reader);

  for (guint i = 0; i < tags->len; i++)
    {
      const SbNamed *tag = tags->pdata[i];

      if (tag->id == value)
        set_tag (choice, tag->name, choice->ids->len > 1 || !has_tag (reader, g_array_index (choice->ids, gint64, 0), value));
    }
}

static void
tag_typed (const char *text,
           gpointer    user_data)
{
  set_tag (user_data, text, TRUE);
}

void
sb_people_tag (GtkWidget *widget,
               SbEngine  *engine,
               GArray    *ids)
{
  SbReader             *reader = sb_engine_get_reader (engine);
  g_autoptr (GPtrArray) tags = sb_reader_list_tags (reader);
  SbChoiceDialog       *dialog = sb_choice_dialog_new (_("Tag"), tag_chosen, choice_new (widget, engine, ids), choice_free);

  for (guint i = 0; i < tags->len; i++)
    {
      const SbNamed *tag = tags->pdata[i];
      gboolean       has = ids->len == 1 && has_tag (reader, g_array_index (ids, gint64, 0), tag->id);

      sb_choice_dialog_add (dialog, tag->name, has ? _("Has it: choose again to remove it") : NULL, '\0', tag->id);
    }
  sb_choice_dialog_add_entry (dialog, _("New Tag"), NULL, tag_typed);
  if (tags->len > 0)
    sb_tags_add_to_choice (dialog, widget, engine);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
stage_chosen (gint64   value,
              gpointer user_data)
{
  Choice               *choice = user_data;
  g_autoptr (GPtrArray) stages = sb_reader_list_stages (sb_engine_get_reader (choice->engine));
  const SbNamed        *stage = NULL;

  for (guint i = 0; i < stages->len; i++)
    if (((SbNamed *) stages->pdata[i])->id == value)
      stage = stages->pdata[i];
  sb_people_set_stage (choice->widget, choice->engine, choice->ids, stage);
}

static void
stage_made (gint64   made,
            gpointer user_data)
{
  stage_chosen (made, user_data);
  choice_free (user_data);
}

static void
stage_typed (const char *text,
             gpointer    user_data)
{
  Choice      *before = user_data;
  SbContactAct act = { .kind = SB_CONTACT_SAVE_STAGE, .text = text };

  sb_people_act_then (before->widget, before->engine, &act, NULL, stage_made, choice_new (before->widget, before->engine, before->ids));
}

void
sb_people_stage (GtkWidget *widget,
                 SbEngine  *engine,
                 GArray    *ids)
{
  g_autoptr (GPtrArray) stages = sb_reader_list_stages (sb_engine_get_reader (engine));
  SbChoiceDialog       *dialog = sb_choice_dialog_new (_("Stage"), stage_chosen, choice_new (widget, engine, ids), choice_free);

  for (guint i = 0; i < stages->len; i++)
    {
      const SbNamed *stage = stages->pdata[i];

      sb_choice_dialog_add (dialog, stage->name, NULL, '\0', stage->id);
    }
  if (stages->len > 0)
    sb_choice_dialog_add (dialog, C_("stage", "None"), NULL, '0', 0);
  sb_choice_dialog_add_entry (dialog, _("New Stage"), NULL, stage_typed);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}
