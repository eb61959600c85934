#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "sb-fate-list.h"
#include "sb-fate-table.h"
#include "sb-fix-bar.h"
#include "sb-import-columns.h"
#include "sb-import-marks-group.h"
#include "sb-import-open.h"
#include "sb-import-page-private.h"
#include "sb-import-words.h"
#include "sb-page-parts.h"

/* Pixels: how wide the pane of the columns is, and where it lies over the rows. */
#define COLUMNS        330
#define WIDEST_COLUMNS 420

G_DEFINE_FINAL_TYPE (SbImportPage, sb_import_page, ADW_TYPE_NAVIGATION_PAGE)

#define TICK_MS 100

void
sb_import_page_set_title (SbImportPage *self,
                          const char   *state)
{
  guint            n = self->plan != NULL ? self->plan->rows->len : 0;
  g_autofree char *file = sb_import_words_file (self->table != NULL ? self->table->file_name : NULL);
  g_autofree char *rows = g_strdup_printf (ngettext ("%'u row", "%'u rows", n), n);
  /* The name of a file keeps its own direction, and leaves the line its own. */
  g_autofree char *name = g_strdup_printf ("\u2068%s\u2069", file);
  /* Translators: under the title: the file, how many rows it has, what became of it ("list.csv · 412 rows · nothing changed yet") */
  g_autofree char *text = g_strdup_printf (_("%s · %s · %s"), name, rows, state);

  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), self->plan != NULL ? text : "");
}

/* -- planning -- */

static gboolean
is_planning (SbImportPage *self)
{
  return self->n_planned != NULL;
}

/* Of whom nothing is new but how the shop got their permission; 0 when others come in or nothing is said. */
guint
sb_import_page_count_declared (SbImportPage *self)
{
  const char *wording = NULL;
  const char *method = sb_import_columns_get_consent (SB_IMPORT_COLUMNS (self->columns), &wording);

  return method != NULL && self->plan != NULL && self->plan->counts[SB_FATE_NEW] + self->plan->counts[SB_FATE_CHANGED] == 0 ? self->plan->counts[SB_FATE_SAME] : 0;
}

static void
update_button (SbImportPage *self)
{
  guint            n_declared = sb_import_page_count_declared (self);
  guint            n = n_declared > 0 ? n_declared : self->plan != NULL ? self->plan->counts[SB_FATE_NEW] + self->plan->counts[SB_FATE_CHANGED]
                                                                        : 0;
  g_autofree char *count = sb_import_words_count (n);
  /* Translators: the button that brings people in; the number has separators of its own. Of people who are all there already
   * it only writes down how the shop got their permission. */
  g_autofree char *label = g_strdup_printf (n_declared > 0 ? ngettext ("Write Down for %s Person", "Write Down for %s People", n) : ngettext ("Import %s Person", "Import %s People", n), count);
  gboolean         on_rows = g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "rows") == 0;

  gtk_button_set_label (GTK_BUTTON (self->import), label);
  gtk_button_set_label (GTK_BUTTON (self->foot), label);
  gtk_widget_set_visible (self->import, on_rows && !self->narrow);
  gtk_widget_set_visible (self->foot, self->narrow);
  gtk_widget_set_sensitive (self->import, n > 0 && !is_planning (self));
  gtk_widget_set_sensitive (self->foot, n > 0 && !is_planning (self));
}

static gboolean
tick_cb (gpointer user_data)
{
  SbImportPage    *self = user_data;
  int              n = g_atomic_int_get (self->n_planned);
  g_autofree char *text = NULL;

  /* Translators: how far the rows have been looked at ("2,100 of 5,000 looked at") */
  text = g_strdup_printf (_("%'d of %'u looked at"), n, self->table->rows->len);
  sb_import_page_set_title (self, text);

  return G_SOURCE_CONTINUE;
}

static void
show_plan (SbImportPage *self)
{
  sb_import_columns_show (SB_IMPORT_COLUMNS (self->columns), self->plan, self->remembered);
  sb_fate_table_set (SB_FATE_TABLE (self->table_view), self->table, self->plan);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "rows");
  sb_import_page_set_title (self, _("nothing changed yet"));
  update_button (self);
  if (self->to_rows)
    sb_fate_table_focus (SB_FATE_TABLE (self->table_view));
  self->to_rows = FALSE;
  sb_import_page_keep (self);
}

static void
show_failure (SbImportPage *self,
              const GError *error)
{
  adw_status_page_set_description (ADW_STATUS_PAGE (self->failed), error->message);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "failed");
  update_button (self);
}

/* One plan under way; a newer one sends it home. */
typedef struct
{
  SbImportPage *self;
  gint          n_planned;
} Planning;

static void
planned_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Planning                *planning = user_data;
  g_autoptr (SbImportPage) self = planning->self;
  g_autoptr (GError)       error = NULL;
  SbImportPlan            *plan = sb_engine_plan_import_finish (SB_ENGINE (object), result, &error);
  gboolean                 is_newest = self->n_planned == &planning->n_planned;

  if (is_newest)
    {
      self->n_planned = NULL;
      g_clear_handle_id (&self->tick, g_source_remove);
    }
  g_free (planning);
  if (!is_newest || gtk_widget_get_parent (GTK_WIDGET (self)) == NULL)
    g_clear_pointer (&plan, sb_import_plan_free);
  else if (plan == NULL)
    show_failure (self, error);
  else
    {
      SbImportPlan *before = self->plan;

      self->plan = plan;
      self->to_rows |= !self->has_planned;
      self->has_planned = TRUE;
      show_plan (self);
      g_clear_pointer (&before, sb_import_plan_free);
    }
}

/* (nullable): of the shop's own lines, else of the computer: most lists are from around the corner. */
static char *
near_country (SbImportPage *self)
{
  char       *own = sb_engine_dup_own_country (self->engine);
  const char *locale = setlocale (LC_ADDRESS, NULL);
  const char *place = locale != NULL ? strchr (locale, '_') : NULL;

  if (own != NULL || place == NULL || strlen (place) < 3 || !g_ascii_isupper (place[1]) || !g_ascii_isupper (place[2]))
    return own;

  return g_strndup (place + 1, 2);
}

void
sb_import_page_plan (SbImportPage *self)
{
  const SbImportMemory *memory = sb_import_columns_get (SB_IMPORT_COLUMNS (self->columns));
  g_autofree char      *near = near_country (self);
  SbImportOptions       options = { .keep_other = TRUE, .any_mapping = TRUE, .fill_only = memory->fill_only };
  Planning             *planning = g_new0 (Planning, 1);
  SbImportMarksGroup   *marks = SB_IMPORT_MARKS_GROUP (sb_import_columns_get_marks (SB_IMPORT_COLUMNS (self->columns)));

  if (self->planning != NULL)
    g_cancellable_cancel (self->planning);
  g_clear_object (&self->planning);
  self->planning = g_cancellable_new ();
  planning->self = g_object_ref (self);
  self->n_planned = &planning->n_planned;
  options.country = memory->country != NULL ? memory->country : near;
  options.header = memory->header;
  options.dates = memory->dates;
  options.fields = memory->fields->len > 0 ? memory->fields : NULL;
  options.decisions = self->decisions;
  options.tag = sb_import_marks_group_get_tag (marks);
  options.stage = sb_import_marks_group_get_stage (marks);
  options.n_planned = &planning->n_planned;
  if (self->tick == 0)
    self->tick = g_timeout_add (TICK_MS, tick_cb, self);
  sb_engine_plan_import_async (self->engine, self->table, &options, self->planning, planned_cb, planning);
  update_button (self);
}

static void
answered_cb (SbImportPage *self)
{
  sb_import_page_keep_soon (self);
  update_button (self);
}

static void
columns_changed_cb (SbImportPage *self)
{
  sb_import_page_plan (self);
}

/* -- reading -- */

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SbImportPage) self = user_data;
  g_autoptr (GError)       error = NULL;
  SbImportTable           *table = sb_engine_read_import_finish (SB_ENGINE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || gtk_widget_get_parent (GTK_WIDGET (self)) == NULL)
    {
      g_clear_pointer (&table, sb_import_table_unref);
      return;
    }
  if (table == NULL)
    {
      show_failure (self, error);
      return;
    }
  g_clear_pointer (&self->table, sb_import_table_unref);
  self->table = table;
  g_hash_table_remove_all (self->decisions);
  g_ptr_array_set_size (self->history, 0);
  if (self->draft != NULL)
    sb_import_page_take_draft (self);
  else if (!self->has_planned)
    {
      g_autoptr (SbImportMemory) memory = sb_engine_recall_import (self->engine, table);

      self->remembered = memory != NULL;
      sb_import_columns_recall (SB_IMPORT_COLUMNS (self->columns), memory);
    }
  sb_import_page_plan (self);
}

static void
read_file (SbImportPage *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "reading");
  sb_engine_read_import_async (self->engine, self->path, self->text, self->sheet, self->reading, read_cb, g_object_ref (self));
}

static void
sheet_cb (SbImportPage *self,
          const char   *sheet)
{
  g_set_str (&self->sheet, sheet);
  self->remembered = FALSE;
  read_file (self);
}

static void
choose_another_cb (SbImportPage *self)
{
  sb_import_open_file (self->place);
}

/* -- the chosen row -- */

static void
chosen_cb (SbImportPage *self)
{
  const SbPlanRow *row = sb_fate_table_get_chosen (SB_FATE_TABLE (self->table_view));
  g_autofree char *written = self->plan != NULL && row != NULL && row->cells != NULL ? sb_fate_list_written (self->plan, row->cells, NULL) : g_strdup ("");

  if (self->plan != NULL)
    sb_fix_bar_show (SB_FIX_BAR (self->fix), self->plan, row, written);
}

static void
activated_cb (SbImportPage *self)
{
  sb_fix_bar_focus (SB_FIX_BAR (self->fix));
}

static void
escape_cb (SbImportPage *self)
{
  sb_fate_table_focus (SB_FATE_TABLE (self->table_view));
}

/* -- the whole -- */

static void
sb_import_page_dispose (GObject *object)
{
  SbImportPage *self = SB_IMPORT_PAGE (object);

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  if (self->planning != NULL)
    g_cancellable_cancel (self->planning);
  g_clear_object (&self->reading);
  g_clear_object (&self->planning);
  g_clear_object (&self->writing);
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->keeping, g_source_remove);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_import_page_parent_class)->dispose (object);
}

static void
sb_import_page_finalize (GObject *object)
{
  SbImportPage *self = SB_IMPORT_PAGE (object);

  g_clear_pointer (&self->draft, sb_import_draft_free);
  g_free (self->path);
  g_free (self->text);
  g_free (self->sheet);
  g_clear_pointer (&self->plan, sb_import_plan_free);
  g_clear_pointer (&self->table, sb_import_table_unref);
  g_hash_table_unref (self->decisions);
  g_ptr_array_unref (self->history);

  G_OBJECT_CLASS (sb_import_page_parent_class)->finalize (object);
}

/* Nobody waits for a file on a page that was left for good. */
static void
parent_cb (SbImportPage *self)
{
  if (gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
    return;
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  if (self->planning != NULL)
    g_cancellable_cancel (self->planning);
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->keeping, g_source_remove);
}

static void
sb_import_page_class_init (SbImportPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_import_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sb_import_page_finalize;
}

static GtkWidget *
make_header (SbImportPage *self)
{
  GtkWidget *header = adw_header_bar_new ();

  self->title = adw_window_title_new (_("Import Contacts"), NULL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);
  self->import = gtk_button_new ();
  gtk_button_set_can_shrink (GTK_BUTTON (self->import), TRUE);
  gtk_widget_add_css_class (self->import, "suggested-action");
  g_signal_connect_object (self->import, "clicked", G_CALLBACK (sb_import_page_write), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->import);
  self->columns_button = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->columns_button), "sidebar-show-symbolic");
  gtk_widget_set_tooltip_text (self->columns_button, _("Columns in Your File"));
  gtk_widget_set_visible (self->columns_button, FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->columns_button);

  return header;
}

/* The header of a narrow window has no room for how many come in. */
static GtkWidget *
make_foot (SbImportPage *self)
{
  self->foot = gtk_button_new ();
  gtk_button_set_can_shrink (GTK_BUTTON (self->foot), TRUE);
  gtk_widget_add_css_class (self->foot, "suggested-action");
  gtk_widget_set_visible (self->foot, FALSE);
  gtk_widget_set_margin_start (self->foot, 12);
  gtk_widget_set_margin_end (self->foot, 12);
  gtk_widget_set_margin_bottom (self->foot, 12);
  g_signal_connect_object (self->foot, "clicked", G_CALLBACK (sb_import_page_write), self, G_CONNECT_SWAPPED);

  return self->foot;
}

static GtkWidget *
make_rows (SbImportPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->columns = sb_import_columns_new ();
  self->table_view = sb_fate_table_new ();
  self->fix = sb_fix_bar_new ();
  gtk_widget_set_vexpand (self->table_view, TRUE);
  gtk_box_append (GTK_BOX (column), self->table_view);
  gtk_box_append (GTK_BOX (column), self->fix);
  gtk_box_append (GTK_BOX (column), make_foot (self));
  self->split = adw_overlay_split_view_new ();
  adw_overlay_split_view_set_sidebar_width_unit (ADW_OVERLAY_SPLIT_VIEW (self->split), ADW_LENGTH_UNIT_PX);
  adw_overlay_split_view_set_min_sidebar_width (ADW_OVERLAY_SPLIT_VIEW (self->split), COLUMNS);
  adw_overlay_split_view_set_max_sidebar_width (ADW_OVERLAY_SPLIT_VIEW (self->split), COLUMNS);
  adw_overlay_split_view_set_sidebar (ADW_OVERLAY_SPLIT_VIEW (self->split), self->columns);
  adw_overlay_split_view_set_content (ADW_OVERLAY_SPLIT_VIEW (self->split), column);
  g_object_bind_property (self->split, "show-sidebar", self->columns_button, "active", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->columns, "changed", G_CALLBACK (columns_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->columns, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->columns, "sheet", G_CALLBACK (sheet_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table_view, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table_view, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table_view, "save", G_CALLBACK (sb_import_page_save_rejected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fix, "use", G_CALLBACK (sb_import_page_use_number), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fix, "edit", G_CALLBACK (sb_import_page_edit_row), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fix, "leave", G_CALLBACK (sb_import_page_leave_row), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fix, "use-country", G_CALLBACK (sb_import_page_use_country), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fix, "bring-back", G_CALLBACK (sb_import_page_bring_back), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fix, "escape", G_CALLBACK (escape_cb), self, G_CONNECT_SWAPPED);

  return self->split;
}

static GtkWidget *
make_failed (SbImportPage *self)
{
  GtkWidget *button = gtk_button_new_with_label (_("Choose Another…"));

  self->failed = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->failed), "sb-failed-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->failed), _("This File Cannot Be Read"));
  gtk_widget_add_css_class (button, "pill");
  sb_page_wrap_button (button);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (choose_another_cb), self, G_CONNECT_SWAPPED);
  adw_status_page_set_child (ADW_STATUS_PAGE (self->failed), button);

  return self->failed;
}

static void
narrow_cb (SbImportPage  *self,
           AdwBreakpoint *breakpoint)
{
  self->narrow = TRUE;
  /* Over the rows the columns take all of a small window: a strip of what is below would say nothing. */
  adw_overlay_split_view_set_max_sidebar_width (ADW_OVERLAY_SPLIT_VIEW (self->split), WIDEST_COLUMNS);
  sb_fate_table_set_narrow (SB_FATE_TABLE (self->table_view), TRUE);
  update_button (self);
}

static void
wide_cb (SbImportPage  *self,
         AdwBreakpoint *breakpoint)
{
  self->narrow = FALSE;
  adw_overlay_split_view_set_max_sidebar_width (ADW_OVERLAY_SPLIT_VIEW (self->split), COLUMNS);
  sb_fate_table_set_narrow (SB_FATE_TABLE (self->table_view), FALSE);
  update_button (self);
}

static void
add_breakpoint (SbImportPage *self,
                GtkWidget    *bin,
                const char   *condition,
                gboolean      is_narrow)
{
  AdwBreakpoint *breakpoint = adw_breakpoint_new (adw_breakpoint_condition_parse (condition));
  GValue         yes = G_VALUE_INIT;

  g_value_init (&yes, G_TYPE_BOOLEAN);
  g_value_set_boolean (&yes, TRUE);
  adw_breakpoint_add_setter (breakpoint, G_OBJECT (self->split), "collapsed", &yes);
  adw_breakpoint_add_setter (breakpoint, G_OBJECT (self->columns_button), "visible", &yes);
  if (is_narrow)
    {
      g_signal_connect_object (breakpoint, "apply", G_CALLBACK (narrow_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (breakpoint, "unapply", G_CALLBACK (wide_cb), self, G_CONNECT_SWAPPED);
    }
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (bin), breakpoint);
}

static void
sb_import_page_init (SbImportPage *self)
{
  GtkWidget *bin = adw_breakpoint_bin_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *reading = adw_status_page_new ();

  self->decisions = sb_decisions_new ();
  self->history = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  self->stack = gtk_stack_new ();
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), make_header (self));
  adw_status_page_set_title (ADW_STATUS_PAGE (reading), _("Reading…"));
  adw_status_page_set_paintable (ADW_STATUS_PAGE (reading), GDK_PAINTABLE (adw_spinner_paintable_new (reading)));
  gtk_stack_add_named (GTK_STACK (self->stack), reading, "reading");
  gtk_stack_add_named (GTK_STACK (self->stack), make_rows (self), "rows");
  gtk_stack_add_named (GTK_STACK (self->stack), make_failed (self), "failed");
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->stack);
  gtk_widget_set_size_request (bin, 360, 290);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (bin), view);
  add_breakpoint (self, bin, "max-width: 860sp", FALSE);
  add_breakpoint (self, bin, "max-width: 560sp", TRUE);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), bin);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _("Import Contacts"));
  g_signal_connect (self, "notify::parent", G_CALLBACK (parent_cb), NULL);
  sb_import_page_add_keys (self);
}

static AdwNavigationPage *
begin (SbContactsPlace *place,
       const char      *path,
       const char      *text,
       SbImportDraft   *draft)
{
  SbImportPage *self = g_object_new (SB_TYPE_IMPORT_PAGE, NULL);
  GtkWidget    *marks = sb_import_columns_get_marks (SB_IMPORT_COLUMNS (self->columns));

  self->place = place;
  self->engine = g_object_ref (sb_contacts_place_get_engine (place));
  self->path = g_strdup (path);
  self->text = g_strdup (text);
  self->draft = draft;
  if (draft != NULL)
    g_set_str (&self->sheet, draft->sheet);
  sb_import_marks_group_offer (SB_IMPORT_MARKS_GROUP (marks), sb_engine_get_reader (self->engine));
  update_button (self);
  read_file (self);

  return ADW_NAVIGATION_PAGE (self);
}

AdwNavigationPage *
sb_import_page_new (SbContactsPlace *place,
                    const char      *path,
                    const char      *text)
{
  return begin (place, path, text, NULL);
}

AdwNavigationPage *
sb_import_page_new_draft (SbContactsPlace *place,
                          SbImportDraft   *draft)
{
  return begin (place, draft->path, draft->text, draft);
}
