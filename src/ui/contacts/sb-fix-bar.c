#include "sb-fix-bar.h"

#include <glib/gi18n.h>

#include "sb-country.h"
#include "sb-import-words.h"
#include "sb-phone.h"

/* Pixels: what two buttons side by side may take, on the smallest window. */
#define PAIR 280

struct _SbFixBar
{
  AdwBin parent_instance;

  GtkWidget *many;
  GtkWidget *many_words;
  GtkWidget *many_button;
  GtkWidget *gone;
  GtkWidget *gone_words;
  GtkWidget *one;
  GtkWidget *icon;
  GtkWidget *words;
  GtkWidget *entry;
  GtkWidget *use;
  GtkWidget *edit;
  GtkWidget *leave;
};

G_DEFINE_FINAL_TYPE (SbFixBar, sb_fix_bar, ADW_TYPE_BIN)

enum
{
  USE,
  EDIT,
  LEAVE,
  USE_COUNTRY,
  BRING_BACK,
  ESCAPE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
use_cb (SbFixBar *self)
{
  if (gtk_widget_get_sensitive (self->use))
    g_signal_emit (self, signals[USE], 0, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
edit_cb (SbFixBar *self)
{
  g_signal_emit (self, signals[EDIT], 0);
}

static void
leave_cb (SbFixBar *self)
{
  g_signal_emit (self, signals[LEAVE], 0);
}

static void
use_country_cb (SbFixBar *self)
{
  g_signal_emit (self, signals[USE_COUNTRY], 0);
}

static void
bring_back_cb (SbFixBar *self)
{
  g_signal_emit (self, signals[BRING_BACK], 0);
}

static void
typed_cb (SbFixBar *self)
{
  gtk_widget_set_sensitive (self->use, *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0');
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  value,
        guint                  code,
        GdkModifierType        state,
        gpointer               user_data)
{
  if (value != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (user_data, signals[ESCAPE], 0);

  return GDK_EVENT_STOP;
}

void
sb_fix_bar_focus (SbFixBar *self)
{
  if (gtk_widget_get_visible (self->entry))
    gtk_widget_grab_focus (self->entry);
}

static void
show_many (SbFixBar           *self,
           const SbImportPlan *plan)
{
  gtk_widget_set_visible (self->many, plan->fix_country != NULL);
  if (plan->fix_country != NULL)
    {
      guint            n = plan->fix_rows->len;
      g_autofree char *country = sb_country_name (plan->fix_country);
      g_autofree char *words = g_strdup_printf (ngettext ("%u number cannot be used here, but fits %s", "%u numbers cannot be used here, but fit %s", n), n, country);
      /* Translators: a button: the numbers are read as those of a country ("Read as +44") */
      g_autofree char *label = g_strdup_printf (_("Read as \u2066+%d\u2069"), sb_phone_dial_code (plan->fix_country));

      gtk_label_set_text (GTK_LABEL (self->many_words), words);
      gtk_button_set_label (GTK_BUTTON (self->many_button), label);
    }
}

/* Who was erased for good stays away until somebody says so. */
static void
show_gone (SbFixBar           *self,
           const SbImportPlan *plan)
{
  guint            n = plan->n_erased;
  g_autofree char *words = g_strdup_printf (ngettext ("%u person was erased for good and is left out", "%u people were erased for good and are left out", n), n);

  gtk_widget_set_visible (self->gone, n > 0);
  gtk_label_set_text (GTK_LABEL (self->gone_words), words);
}

static void
show_words (SbFixBar        *self,
            const SbPlanRow *row)
{
  g_autofree char *changes = row->changes != NULL ? sb_import_words_changes (row) : NULL;
  g_autofree char *about = changes != NULL ? g_steal_pointer (&changes) : sb_import_words_about (row);
  const char      *what = about != NULL ? about : sb_import_words_fate (row->fate);
  /* Translators: the number of a row in a file, and what is said of it */
  g_autofree char *words = g_strdup_printf (_("Row %u: %s"), row->number, what);
  const char      *classes[] = { sb_import_words_fate_class (row->fate), NULL };

  gtk_label_set_text (GTK_LABEL (self->words), words);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), sb_import_words_fate_icon (row->fate));
  gtk_widget_set_css_classes (self->icon, classes);
}

void
sb_fix_bar_show (SbFixBar           *self,
                 const SbImportPlan *plan,
                 const SbPlanRow    *row,
                 const char         *written)
{
  gboolean can_type = row != NULL && row->fix == SB_FIX_NUMBER;
  gboolean is_left_out = row != NULL && row->fix == SB_FIX_LEFT_OUT;

  show_many (self, plan);
  show_gone (self, plan);
  gtk_widget_set_visible (self->one, row != NULL);
  if (row == NULL)
    return;
  show_words (self, row);
  if (row->fate == SB_FATE_REJECTED && !is_left_out)
    gtk_widget_add_css_class (self->one, "trouble");
  else
    gtk_widget_remove_css_class (self->one, "trouble");
  gtk_widget_set_visible (self->entry, can_type);
  gtk_widget_set_visible (self->use, can_type);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), can_type ? written : "");
  gtk_widget_set_visible (self->edit, !is_left_out);
  gtk_button_set_label (GTK_BUTTON (self->leave), is_left_out ? _("Take It Again") : _("Leave Out"));
  typed_cb (self);
}

static void
sb_fix_bar_class_init (SbFixBarClass *klass)
{
  signals[USE] = g_signal_new ("use", SB_TYPE_FIX_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[EDIT] = g_signal_new ("edit", SB_TYPE_FIX_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEAVE] = g_signal_new ("leave", SB_TYPE_FIX_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[USE_COUNTRY] = g_signal_new ("use-country", SB_TYPE_FIX_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[BRING_BACK] = g_signal_new ("bring-back", SB_TYPE_FIX_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ESCAPE] = g_signal_new ("escape", SB_TYPE_FIX_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
new_words (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 38);
  gtk_widget_set_hexpand (label, TRUE);

  return label;
}

static GtkWidget *
new_button (SbFixBar   *self,
            const char *label,
            GCallback   callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);

  return button;
}

/* Words beside their buttons, or above them where there is little room. */
static GtkWidget *
new_line (GtkWidget  *bar,
          GtkWidget  *words,
          GtkWidget **others)
{
  AdwWrapBox *wrap = ADW_WRAP_BOX (adw_wrap_box_new ());

  adw_wrap_box_set_child_spacing (wrap, 9);
  adw_wrap_box_set_line_spacing (wrap, 6);
  gtk_widget_set_hexpand (GTK_WIDGET (wrap), TRUE);
  gtk_widget_set_size_request (words, 180, -1);
  /* What wants more than a line is put outside of it: the words are short, and get what is left. */
  gtk_label_set_max_width_chars (GTK_LABEL (words), 18);
  gtk_widget_set_hexpand (words, TRUE);
  adw_wrap_box_append (wrap, words);
  for (GtkWidget **other = others; *other != NULL; other++)
    adw_wrap_box_append (wrap, *other);
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (wrap));
  gtk_widget_add_css_class (bar, "sb-fix-bar");

  return bar;
}

/* Two that stay side by side, unless texts are very large. */
static GtkWidget *
pair (GtkWidget *one,
      GtkWidget *other)
{
  GtkWidget *box = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 9);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_natural_line_length (ADW_WRAP_BOX (box), PAIR);
  adw_wrap_box_append (ADW_WRAP_BOX (box), one);
  adw_wrap_box_append (ADW_WRAP_BOX (box), other);
  g_object_bind_property (other, "visible", box, "visible", G_BINDING_SYNC_CREATE);

  return box;
}

static void
make_one (SbFixBar *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->icon = gtk_image_new ();
  self->words = new_words ();
  self->entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 16);
  gtk_widget_set_valign (self->entry, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("The Number Instead"), -1);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (use_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->entry, keys);
  self->use = new_button (self, _("Use"), G_CALLBACK (use_cb));
  self->edit = new_button (self, _("Edit…"), G_CALLBACK (edit_cb));
  self->leave = new_button (self, _("Leave Out"), G_CALLBACK (leave_cb));
  self->one = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  gtk_box_append (GTK_BOX (self->one), self->icon);
  new_line (self->one, self->words, (GtkWidget *[]) { pair (self->entry, self->use), pair (self->edit, self->leave), NULL });
}

static void
sb_fix_bar_init (SbFixBar *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  make_one (self);
  self->many_words = new_words ();
  self->many_button = new_button (self, "", G_CALLBACK (use_country_cb));
  self->many = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  new_line (self->many, self->many_words, (GtkWidget *[]) { self->many_button, NULL });
  self->gone_words = new_words ();
  self->gone = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  new_line (self->gone, self->gone_words, (GtkWidget *[]) { new_button (self, _("Bring Back"), G_CALLBACK (bring_back_cb)), NULL });
  gtk_widget_add_css_class (column, "sb-import-foot");
  gtk_box_append (GTK_BOX (column), self->many);
  gtk_box_append (GTK_BOX (column), self->gone);
  gtk_box_append (GTK_BOX (column), self->one);
  adw_bin_set_child (ADW_BIN (self), column);
}

GtkWidget *
sb_fix_bar_new (void)
{
  return g_object_new (SB_TYPE_FIX_BAR, NULL);
}
