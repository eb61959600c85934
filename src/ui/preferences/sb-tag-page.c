#include "sb-tag-page.h"

#include <glib/gi18n.h>

#include "sb-alert.h"
#include "sb-staff-colour.h"
#include "sb-tag-colour.h"
#include "sb-tag-group.h"
#include "sb-tell.h"
#include "sb-unsaved.h"

/**
 * SbTagPage:
 *
 * One tag: its name, its colour, what speaks of it, and the two ways it can go. Everything is done at once and everywhere, and
 * each has its way back.
 */
struct _SbTagPage
{
  AdwNavigationPage parent_instance;

  SbEngine  *engine;
  gint64     tag_id;
  GtkWidget *name;
  GtkWidget *swatches;
  GtkWidget *head;
  GtkWidget *merge;
  gboolean   filling;
};

G_DEFINE_FINAL_TYPE (SbTagPage, sb_tag_page, ADW_TYPE_NAVIGATION_PAGE)

static GtkWidget *
dialog_of (gpointer widget)
{
  return gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_DIALOG);
}

/* -- acting -- */

typedef struct
{
  SbTagPage *page;
  GtkWidget *dialog; /* (nullable) */
  char      *said;
} Act;

static void
acted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Act               *act = user_data;
  g_autoptr (GError) error = NULL;
  gint64             undo_id = sb_engine_act_finish (SB_ENGINE (object), result, &error);

  if (act->dialog != NULL)
    sb_tell_undo (act->dialog, undo_id < 0 ? error->message : act->said, SB_ENGINE (object), undo_id);
  g_clear_object (&act->dialog);
  g_object_unref (act->page);
  g_free (act->said);
  g_free (act);
}

/* @said: (transfer full) */
static void
run (SbTagPage      *self,
     const SbTagAct *order,
     char           *said)
{
  Act *act = g_new0 (Act, 1);

  act->page = g_object_ref (self);
  act->dialog = dialog_of (self);
  if (act->dialog != NULL)
    g_object_ref (act->dialog);
  act->said = said;
  sb_engine_tag_async (self->engine, order, acted_cb, act);
}

static void
merge_into (SbTagPage *self,
            gint64     into_id)
{
  g_autoptr (SbTagRow) from = sb_reader_get_tag_row (sb_engine_get_reader (self->engine), self->tag_id);
  g_autoptr (SbTagRow) into = sb_reader_get_tag_row (sb_engine_get_reader (self->engine), into_id);
  SbTagAct             act = { .kind = SB_TAG_MERGE, .tag_id = self->tag_id, .into_id = into_id };

  if (from != NULL && into != NULL)
    /* Translators: names of two tags */
    run (self, &act, g_strdup_printf (_("“%s” is now “%s”"), from->name, into->name));
}

/* -- name -- */

typedef struct
{
  SbTagPage *page;
  gint64     into_id;
} Offer;

static void
answered_cb (AdwAlertDialog *dialog,
             const char     *answer,
             Offer          *offer)
{
  g_autoptr (SbTagRow) row = sb_reader_get_tag_row (sb_engine_get_reader (offer->page->engine), offer->page->tag_id);

  if (g_str_equal (answer, "merge"))
    merge_into (offer->page, offer->into_id);
  else if (row != NULL)
    gtk_editable_set_text (GTK_EDITABLE (offer->page->name), row->name);
}

static void
offer_free (gpointer  data,
            GClosure *closure)
{
  Offer *offer = data;

  g_object_unref (offer->page);
  g_free (offer);
}

/* There are never two tags of one name: what was meant may be the other one. */
static void
offer_merge (SbTagPage *self,
             gint64     other_id)
{
  g_autoptr (SbTagRow) other = sb_reader_get_tag_row (sb_engine_get_reader (self->engine), other_id);
  AdwDialog           *dialog = sb_alert_new (_("Merge the Two Tags?"), NULL);
  Offer               *offer = g_new0 (Offer, 1);

  offer->page = g_object_ref (self);
  offer->into_id = other_id;
  adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog),
                                /* Translators: name of a tag, twice */
                                _("There is a tag “%s” already. Everybody who has this one would get “%s” instead."), other->name, other->name);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "merge", _("_Merge"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "merge", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "merge");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), offer, offer_free, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
name_cb (SbTagPage *self)
{
  g_autofree char     *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  g_autoptr (SbTagRow) row = sb_reader_get_tag_row (sb_engine_get_reader (self->engine), self->tag_id);
  gint64               other = sb_engine_find_tag (self->engine, name);
  SbTagAct             act = { .kind = SB_TAG_RENAME, .tag_id = self->tag_id, .name = name };

  if (row == NULL || g_str_equal (name, row->name))
    return;
  if (name[0] == '\0')
    gtk_widget_add_css_class (self->name, "error");
  else if (other != 0 && other != self->tag_id)
    offer_merge (self, other);
  else
    /* Translators: name of a tag */
    run (self, &act, g_strdup_printf (_("The tag is called “%s” now"), name));
}

static void
typed_cb (SbTagPage *self)
{
  gtk_widget_remove_css_class (self->name, "error");
}

/* -- colour -- */

static void
colour_cb (GtkCheckButton *swatch,
           SbTagPage      *self)
{
  int      colour = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (swatch), "colour"));
  SbTagAct act = { .kind = SB_TAG_RECOLOUR, .tag_id = self->tag_id, .colour = colour };

  if (!self->filling && gtk_check_button_get_active (swatch))
    run (self, &act, g_strdup (_("Colour changed")));
}

static GtkWidget *
make_colours (SbTagPage *self)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (_("Colour"));
  GtkWidget *first = NULL;

  self->swatches = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->swatches), 3);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->swatches), 6);
  for (int i = 1; i <= SB_N_STAFF_COLOURS; i++)
    {
      GtkWidget *swatch = gtk_check_button_new ();

      if (first == NULL)
        first = swatch;
      else
        gtk_check_button_set_group (GTK_CHECK_BUTTON (swatch), GTK_CHECK_BUTTON (first));
      gtk_widget_add_css_class (swatch, "sb-swatch");
      sb_tag_colour_set (swatch, i);
      gtk_widget_set_tooltip_text (swatch, sb_staff_colour_name (i));
      gtk_accessible_update_property (GTK_ACCESSIBLE (swatch), GTK_ACCESSIBLE_PROPERTY_LABEL, sb_staff_colour_name (i), -1);
      g_object_set_data (G_OBJECT (swatch), "colour", GINT_TO_POINTER (i));
      g_signal_connect (swatch, "toggled", G_CALLBACK (colour_cb), self);
      adw_wrap_box_append (ADW_WRAP_BOX (self->swatches), swatch);
    }
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "caption");
  gtk_widget_add_css_class (title, "dimmed");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), self->swatches);
  gtk_widget_add_css_class (box, "sb-swatches");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Colour"));
  gtk_widget_set_focusable (row, FALSE);

  return row;
}

/* -- the two ways to go -- */

static void
chosen_cb (GtkWidget *row,
           SbTagPage *self)
{
  merge_into (self, *(gint64 *) g_object_get_data (G_OBJECT (row), "tag"));
}

static GtkWidget *
page_around (GtkWidget *page,
             GtkWidget *header)
{
  GtkWidget *view = adw_toolbar_view_new ();

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);

  return view;
}

static void
merge_cb (SbTagPage *self)
{
  g_autoptr (GPtrArray) tags = sb_reader_list_tag_rows (sb_engine_get_reader (self->engine));
  GtkWidget            *page = adw_preferences_page_new ();
  GtkWidget            *group = adw_preferences_group_new ();
  GtkWidget            *dialog = dialog_of (self);
  const char           *name = adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (self));
  /* Translators: name of a tag */
  g_autofree char *words = g_strdup_printf (_("Everybody who has “%s” gets the one you choose, and “%s” is gone."), name, name);

  for (guint i = 0; i < tags->len; i++)
    {
      const SbTagRow *tag = tags->pdata[i];
      GtkWidget      *row;

      if (tag->id == self->tag_id)
        continue;
      row = sb_tag_row_new (tag);
      g_signal_connect_object (row, "activated", G_CALLBACK (chosen_cb), self, 0);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), words);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  if (dialog != NULL)
    adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (dialog), adw_navigation_page_new (page_around (page, adw_header_bar_new ()), _("Merge Into")));
}

static void
delete_cb (SbTagPage *self)
{
  SbTagAct act = { .kind = SB_TAG_DELETE, .tag_id = self->tag_id };

  /* Translators: name of a tag */
  run (self, &act, g_strdup_printf (_("Tag “%s” deleted"), adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (self))));
}

static GtkWidget *
button_row (const char *title,
            GCallback   activated,
            SbTagPage  *self)
{
  GtkWidget *row = adw_button_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect_object (row, "activated", activated, self, G_CONNECT_SWAPPED);

  return row;
}

/* -- showing -- */

/* What would need attention without it. */
static void
show_users (SbTagPage *self)
{
  g_autoptr (GPtrArray) users = sb_reader_list_tag_users (sb_engine_get_reader (self->engine), self->tag_id);
  g_autofree char      *names = NULL;
  g_autofree char      *words = NULL;

  if (users->len > 0)
    {
      g_ptr_array_add (users, NULL);
      names = g_strjoinv (" · ", (char **) users->pdata);
      /* Translators: names of saved views, groups of people and macros that speak of a tag */
      words = g_strdup_printf (_("Used by: %s"), names);
    }
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->head), words);
}

/* FALSE: it is gone. */
static gboolean
show_tag (SbTagPage *self)
{
  SbReader            *reader = sb_engine_get_reader (self->engine);
  g_autoptr (SbTagRow) tag = sb_reader_get_tag_row (reader, self->tag_id);

  if (tag == NULL)
    return FALSE;
  self->filling = TRUE;
  if (g_strcmp0 (adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (self)), tag->name) != 0)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->name), tag->name);
      sb_unsaved_watch (self->name);
    }
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), tag->name);
  for (GtkWidget *swatch = gtk_widget_get_first_child (self->swatches); swatch != NULL; swatch = gtk_widget_get_next_sibling (swatch))
    if (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (swatch), "colour")) == (MAX (tag->colour - 1, 0) % SB_N_STAFF_COLOURS) + 1)
      gtk_check_button_set_active (GTK_CHECK_BUTTON (swatch), TRUE);
  show_users (self);
  self->filling = FALSE;

  return TRUE;
}

static void
event_cb (SbTagPage *self,
          SbEvent   *event)
{
  GtkWidget *dialog = dialog_of (self);
  GtkWidget *navigation = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  if (event->kind != SB_EVENT_TAG_CHANGED || show_tag (self) || dialog == NULL || navigation == NULL)
    return;
  /* It went, and with it the choice of what to merge it into. */
  adw_navigation_view_pop_to_page (ADW_NAVIGATION_VIEW (navigation), ADW_NAVIGATION_PAGE (self));
  adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (dialog));
}

static void
sb_tag_page_dispose (GObject *object)
{
  g_clear_object (&SB_TAG_PAGE (object)->engine);

  G_OBJECT_CLASS (sb_tag_page_parent_class)->dispose (object);
}

static void
sb_tag_page_class_init (SbTagPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_tag_page_dispose;
}

static void
sb_tag_page_init (SbTagPage *self)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *foot = adw_preferences_group_new ();
  GtkWidget *gone = adw_preferences_group_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *delete;

  self->head = adw_preferences_group_new ();
  self->name = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name), C_("tag", "Name"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->name), TRUE);
  g_signal_connect_object (self->name, "apply", G_CALLBACK (name_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->name, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->head), self->name);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->head), make_colours (self));
  self->merge = button_row (_("Merge Into…"), G_CALLBACK (merge_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (foot), self->merge);
  delete = button_row (_("Delete"), G_CALLBACK (delete_cb), self);
  gtk_widget_add_css_class (delete, "destructive-action");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (gone), delete);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->head));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (foot));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (gone));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), page_around (page, header));
  sb_unsaved_guard_page (ADW_NAVIGATION_PAGE (self), ADW_HEADER_BAR (header));
}

GtkWidget *
sb_tag_page_new (SbEngine *engine,
                 gint64    tag_id)
{
  SbTagPage            *self = g_object_new (SB_TYPE_TAG_PAGE, "title", "", NULL);
  g_autoptr (GPtrArray) all = sb_reader_list_tags (sb_engine_get_reader (engine));

  self->engine = g_object_ref (engine);
  self->tag_id = tag_id;
  gtk_widget_set_sensitive (self->merge, all->len > 1);
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  show_tag (self);

  return GTK_WIDGET (self);
}
