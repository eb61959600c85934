#include "sb-spelling.h"

#include <glib/gi18n.h>
#include <libspelling.h>
#include <string.h>

#include "sb-settings.h"
#include "sb-spelling-menu.h"

/*
 * Spelling while somebody writes: in the language of the customer, else in the one that was chosen last, else in that of the
 * desktop. A language without a dictionary on this computer is not checked at all, rather than by the rules of another one.
 */
typedef struct
{
  GtkTextView               *view; /* not owned: this is its data */
  SpellingTextBufferAdapter *adapter;
  GMenu                     *words;  /* about the word at the cursor */
  GMenuModel                *meant;  /* (nullable): those of the library, from which they are taken */
  GMenu                     *note;   /* why nothing is checked; empty when something is */
  GHashTable                *chosen; /* conversation -> the language chosen for it by hand, while the program runs */
  gint64                     thread_id;
  gboolean                   low;   /* the menu is made for little room */
  gboolean                   known; /* there is a dictionary for the language */
  gboolean                   by_us;
  guint                      again_id;
} Spelling;

#define KEY      "sb-spelling"
#define PAUSE_MS 400

/* -- languages -- */

/* Loading the list looks into the folders of all dictionaries; it is done with the first conversation, not at the start. */
static GListModel *
languages (void)
{
  static GListModel *list;

  if (list == NULL)
    list = spelling_provider_list_languages (spelling_provider_get_default ());

  return list;
}

/* "en" and "en_US" are of one language. */
static gboolean
is_of_language (const char *code,
                const char *language)
{
  gsize length = strcspn (language, "_-");

  return g_ascii_strncasecmp (code, language, length) == 0 && (code[length] == '\0' || code[length] == '_' || code[length] == '-');
}

/* The dictionary for @language: the one of its country, else the one the desktop would take, else any of the language. */
static char *
find_dictionary (const char *language)
{
  const char      *preferred = spelling_provider_get_default_code (spelling_provider_get_default ());
  g_autofree char *wanted = g_strdelimit (g_strdup (language), "-", '_');
  char            *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (languages ()); i++)
    {
      g_autoptr (SpellingLanguage) item = g_list_model_get_item (languages (), i);
      const char                  *code = spelling_language_get_code (item);

      if (g_ascii_strcasecmp (code, wanted) == 0)
        {
          g_free (found);
          return g_strdup (code);
        }
      if (is_of_language (code, wanted) && (found == NULL || g_strcmp0 (code, preferred) == 0))
        g_set_str (&found, code);
    }

  return found;
}

/* -- what is checked -- */

/* A line in the menu that cannot be pressed: there is no such action. */
static void
set_note (GMenu      *note,
          const char *words)
{
  g_menu_remove_all (note);
  if (words != NULL)
    g_menu_append (note, words, "spelling.note");
}

static void
apply (Spelling *self)
{
  gboolean wanted = g_settings_get_boolean (sb_settings_get (), "check-spelling");

  set_note (self->note, wanted && !self->known ? _("No dictionary for this language is on this computer") : NULL);

  self->by_us = TRUE;
  spelling_text_buffer_adapter_set_enabled (self->adapter, wanted && self->known);
  self->by_us = FALSE;
}

/*
 * The library checks the word that the cursor leaves by itself, and overlooks a word that ends where the checked stretch
 * ends, and with another language it checks nothing again. So all of it is checked once more when nobody types; what is
 * written here is short.
 */
static gboolean
again_cb (gpointer user_data)
{
  Spelling *self = user_data;

  self->again_id = 0;
  if (spelling_text_buffer_adapter_get_enabled (self->adapter))
    spelling_text_buffer_adapter_invalidate_all (self->adapter);

  return G_SOURCE_REMOVE;
}

static void
moved_cb (GtkWidget *view)
{
  Spelling *self = g_object_get_data (G_OBJECT (view), KEY);

  g_clear_handle_id (&self->again_id, g_source_remove);
  self->again_id = g_timeout_add (PAUSE_MS, again_cb, self);
}

/* (nullable): the dictionary for the first language of the desktop that has one. */
static char *
usual_dictionary (void)
{
  for (const char *const *name = g_get_language_names (); *name != NULL; name++)
    {
      g_autofree char *language = g_strndup (*name, strcspn (*name, ".@"));
      char            *found = g_str_equal (language, "C") ? NULL : find_dictionary (language);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* @language: (nullable): the usual one */
static void
take_language (Spelling   *self,
               const char *language)
{
  g_autofree char *dictionary = language != NULL ? find_dictionary (language) : usual_dictionary ();

  self->known = dictionary != NULL;
  self->by_us = TRUE;
  if (dictionary != NULL && g_strcmp0 (dictionary, spelling_text_buffer_adapter_get_language (self->adapter)) != 0)
    spelling_text_buffer_adapter_set_language (self->adapter, dictionary);
  self->by_us = FALSE;
  apply (self);
}

/* Chosen in the menu, of which the property tells nothing: for this conversation, and for customers of whom no language is known. */
static void
language_cb (GActionGroup *group,
             const char   *name,
             GVariant     *state,
             gpointer      user_data)
{
  Spelling   *self = user_data;
  const char *language = g_variant_get_string (state, NULL);

  if (self->by_us || language[0] == '\0')
    return;
  g_hash_table_insert (self->chosen, g_memdup2 (&self->thread_id, sizeof self->thread_id), g_strdup (language));
  g_settings_set_string (sb_settings_get (), "spelling-language", language);
  self->known = TRUE;
  apply (self);
  moved_cb (GTK_WIDGET (self->view));
}

static void
enabled_cb (SpellingTextBufferAdapter *adapter,
            GParamSpec                *pspec,
            gpointer                   user_data)
{
  Spelling *self = user_data;

  if (self->by_us)
    return;
  self->known = TRUE;
  g_settings_set_boolean (sb_settings_get (), "check-spelling", spelling_text_buffer_adapter_get_enabled (adapter));
}

static void
setting_cb (GSettings  *settings,
            const char *key,
            gpointer    view)
{
  apply (g_object_get_data (view, KEY));
}

/* -- the menu -- */

static void
make_menu (Spelling *self)
{
  g_autoptr (GMenuModel) menu = sb_spelling_menu_new (spelling_text_buffer_adapter_get_menu_model (self->adapter), G_MENU_MODEL (self->words), G_MENU_MODEL (self->note), self->low);

  gtk_text_view_set_extra_menu (self->view, menu);
}

static void
meant_cb (Spelling *self)
{
  sb_spelling_menu_take_words (self->words, self->meant);
}

static void
ask_again (Spelling *self)
{
  gboolean low = sb_spelling_menu_is_low (self->view);

  spelling_text_buffer_adapter_update_corrections (self->adapter);
  if (low == self->low)
    return;
  self->low = low;
  make_menu (self);
}

/* The menu is about the word that was pressed. */
static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            gpointer         user_data)
{
  Spelling      *self = user_data;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter    at;
  int            buffer_x, buffer_y;

  gtk_text_view_window_to_buffer_coords (self->view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &buffer_x, &buffer_y);
  if (!gtk_text_buffer_get_has_selection (buffer) && gtk_text_view_get_iter_at_location (self->view, &at, buffer_x, buffer_y))
    gtk_text_buffer_place_cursor (buffer, &at);
  ask_again (self);
}

static gboolean
menu_key_cb (GtkEventControllerKey *keys,
             guint                  key,
             guint                  code,
             GdkModifierType        state,
             gpointer               user_data)
{
  Spelling *self = user_data;

  if (key == GDK_KEY_Menu || key == GDK_KEY_F10)
    ask_again (self);

  return GDK_EVENT_PROPAGATE;
}

static void
add_menu (Spelling *self)
{
  GtkGesture         *press = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->meant = sb_spelling_menu_dup_meant (spelling_text_buffer_adapter_get_menu_model (self->adapter));
  if (self->meant != NULL)
    g_signal_connect_swapped (self->meant, "items-changed", G_CALLBACK (meant_cb), self);
  make_menu (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self->view), "spelling", G_ACTION_GROUP (self->adapter));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (press), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (press, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (menu_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (press));
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
}

/* -- the whole -- */

static void
spelling_free (gpointer data)
{
  Spelling *self = data;

  g_clear_handle_id (&self->again_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->adapter, self);
  g_object_unref (self->adapter);
  if (self->meant != NULL)
    g_signal_handlers_disconnect_by_data (self->meant, self);
  g_clear_object (&self->meant);
  g_object_unref (self->words);
  g_object_unref (self->note);
  g_hash_table_unref (self->chosen);
  g_free (self);
}

/* A computer without any dictionary: the menu says so, nothing else is different. */
static void
add_absence (GtkTextView *view)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) note = g_menu_new ();

  if (gtk_text_view_get_extra_menu (view) != NULL)
    return;
  set_note (note, _("No dictionary is on this computer, so spelling is not checked"));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (note));
  gtk_text_view_set_extra_menu (view, G_MENU_MODEL (menu));
}

/**
 * sb_spelling_add:
 * @view: its buffer has to be a GtkSourceBuffer; it shows nothing of that
 *
 * Underlines what no dictionary knows, and offers what may have been meant. Where there is no dictionary the menu says so.
 */
void
sb_spelling_add (GtkTextView *view)
{
  g_autoptr (SpellingLanguage) first = languages () != NULL ? g_list_model_get_item (languages (), 0) : NULL;
  g_autoptr (SpellingChecker)  checker = NULL;
  g_autofree char             *dictionary = NULL;
  Spelling                    *self;

  if (!g_settings_get_boolean (sb_settings_get (), "check-spelling") || g_object_get_data (G_OBJECT (view), KEY) != NULL)
    return;
  if (first == NULL)
    {
      add_absence (view);
      return;
    }

  /* One that began without a dictionary would never check anything. */
  dictionary = usual_dictionary ();
  checker = spelling_checker_new (spelling_provider_get_default (), dictionary != NULL ? dictionary : spelling_language_get_code (first));
  self = g_new0 (Spelling, 1);
  self->view = view;
  self->words = g_menu_new ();
  self->note = g_menu_new ();
  self->chosen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->adapter = spelling_text_buffer_adapter_new (GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (view)), checker);
  g_signal_connect (self->adapter, "action-state-changed::language", G_CALLBACK (language_cb), self);
  g_signal_connect (self->adapter, "notify::enabled", G_CALLBACK (enabled_cb), self);
  g_object_set_data_full (G_OBJECT (view), KEY, self, spelling_free);
  g_signal_connect_object (sb_settings_get (), "changed::check-spelling", G_CALLBACK (setting_cb), view, 0);
  g_signal_connect_object (gtk_text_view_get_buffer (view), "changed", G_CALLBACK (moved_cb), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_text_view_get_buffer (view), "notify::cursor-position", G_CALLBACK (moved_cb), view, G_CONNECT_SWAPPED);
  add_menu (self);
  sb_spelling_set_writing_to (view, 0, NULL);
}

/* @language: (nullable): of the customer; NULL where nobody knows it */
void
sb_spelling_set_writing_to (GtkTextView *view,
                            gint64       thread_id,
                            const char  *language)
{
  Spelling        *self = g_object_get_data (G_OBJECT (view), KEY);
  g_autofree char *last = g_settings_get_string (sb_settings_get (), "spelling-language");
  const char      *chosen;

  if (self == NULL)
    return;
  self->thread_id = thread_id;
  chosen = g_hash_table_lookup (self->chosen, &thread_id);
  if (chosen == NULL && language != NULL && language[0] != '\0')
    chosen = language;
  else if (chosen == NULL && last[0] != '\0')
    chosen = last;
  take_language (self, chosen);
}
