#include "sb-window.h"

#include <glib/gi18n.h>

#include "sb-config.h"
#include "sb-contacts-place.h"
#include "sb-import-open.h"
#include "sb-inbox-page.h"
#include "sb-settings.h"
#include "sb-tell.h"
#include "sb-welcome.h"
#include "sb-window-dialogs.h"
#include "sb-window-drop.h"

/**
 * SbWindow:
 *
 * Welcome, or a shop: places at the side, the list of conversations, the conversation, and beside it the customer.
 */
struct _SbWindow
{
  AdwApplicationWindow parent_instance;

  GtkWidget *toasts;
  GtkWidget *pages;
  GtkWidget *inbox;
  SbEngine  *engine;
};

G_DEFINE_FINAL_TYPE (SbWindow, sb_window, ADW_TYPE_APPLICATION_WINDOW)

/* -- welcome -- */

/* Made when there is no shop to show. */
static void
add_welcome (SbWindow *self)
{
  if (gtk_stack_get_child_by_name (GTK_STACK (self->pages), "welcome") == NULL)
    gtk_stack_add_named (GTK_STACK (self->pages), sb_welcome_new (), "welcome");
}

void
sb_window_show_welcome (SbWindow *self)
{
  add_welcome (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "welcome");
  gtk_window_set_title (GTK_WINDOW (self), "Shopbell");
}

/* -- a shop -- */

static void
update_title (SbWindow *self)
{
  SbCounts         counts;
  g_autofree char *name = sb_engine_dup_shop_name (self->engine);
  g_autofree char *title = NULL;

  sb_engine_get_counts (self->engine, &counts);
  title = counts.threads_unread > 0 ? g_strdup_printf ("(%d) %s", counts.threads_unread, name) : g_strdup (name);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

/* A dialog that moves out of sight would ask its shop until it is gone: without animations it is gone when this returns. */
static void
close_dialogs (SbWindow *self)
{
  GtkSettings           *settings = gtk_widget_get_settings (GTK_WIDGET (self));
  g_autoptr (GListModel) model = adw_application_window_get_dialogs (ADW_APPLICATION_WINDOW (self));
  g_autoptr (GPtrArray)  dialogs = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean               animated;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (dialogs, g_list_model_get_item (model, i));
  if (dialogs->len == 0)
    return;
  g_object_get (settings, "gtk-enable-animations", &animated, NULL);
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  for (guint i = 0; i < dialogs->len; i++)
    adw_dialog_force_close (dialogs->pdata[i]);
  g_object_set (settings, "gtk-enable-animations", animated, NULL);
}

/*
 * Before a shop is closed nothing may be left that asks it: its dialogs and its page go at once, with their timers, not after
 * the next frame. What was being written is kept on the way.
 */
void
sb_window_leave_shop (SbWindow *self)
{
  g_autoptr (GtkWidget) page = self->inbox != NULL ? g_object_ref (self->inbox) : NULL;

  if (page == NULL)
    return;
  close_dialogs (self);
  self->inbox = NULL;
  gtk_stack_remove (GTK_STACK (self->pages), page);
  g_object_run_dispose (G_OBJECT (page));
}

void
sb_window_show_shop (SbWindow         *self,
                     SbEngine         *engine,
                     SbPracticeServer *server)
{
  g_set_object (&self->engine, engine);
  if (self->inbox != NULL)
    gtk_stack_remove (GTK_STACK (self->pages), self->inbox);
  self->inbox = sb_inbox_page_new (engine, server);
  gtk_stack_add_named (GTK_STACK (self->pages), self->inbox, "shop");
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "shop");
  g_signal_connect_object (engine, "counts-changed", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  update_title (self);
}

void
sb_window_open_thread (SbWindow *self,
                       gint64    thread_id,
                       gint64    message_id)
{
  if (self->inbox != NULL)
    sb_inbox_page_open (SB_INBOX_PAGE (self->inbox), thread_id, message_id, TRUE);
}

/* The conversation that somebody sees in it, or 0. */
gint64
sb_window_look (SbWindow *self)
{
  return self->inbox != NULL ? sb_inbox_page_look (SB_INBOX_PAGE (self->inbox)) : 0;
}

void
sb_window_show_health (SbWindow *self)
{
  if (self->inbox != NULL)
    sb_inbox_page_show_health (SB_INBOX_PAGE (self->inbox));
}

/* Before the window or its shop goes. */
void
sb_window_keep_place (SbWindow *self)
{
  if (self->inbox != NULL)
    sb_inbox_page_keep_place (SB_INBOX_PAGE (self->inbox));
}

/* @page: "people", "board", ... */
void
sb_window_show_contacts (SbWindow   *self,
                         const char *page)
{
  GtkWidget *place = self->inbox != NULL ? sb_inbox_page_show_place (SB_INBOX_PAGE (self->inbox), "contacts") : NULL;

  if (place != NULL)
    sb_contacts_place_show (SB_CONTACTS_PLACE (place), page);
}

void
sb_window_toggle_side (SbWindow *self)
{
  if (self->inbox != NULL)
    sb_inbox_page_toggle_side (SB_INBOX_PAGE (self->inbox));
}

gboolean
sb_window_import (SbWindow   *self,
                  const char *path)
{
  return self->inbox != NULL && sb_import_open_path (SB_CONTACTS_PLACE (sb_inbox_page_show_place (SB_INBOX_PAGE (self->inbox), "contacts")), path);
}

gboolean
sb_window_import_files (SbWindow    *self,
                        GdkFileList *files)
{
  return self->inbox != NULL && sb_import_open_files (SB_CONTACTS_PLACE (sb_inbox_page_show_place (SB_INBOX_PAGE (self->inbox), "contacts")), files);
}

void
sb_window_toast (SbWindow   *self,
                 const char *text)
{
  sb_tell (GTK_WIDGET (self->toasts), text);
}

static void
sb_window_dispose (GObject *object)
{
  SbWindow *self = SB_WINDOW (object);

  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_window_parent_class)->dispose (object);
}

static void
contrast_cb (AdwStyleManager *manager,
             GParamSpec      *pspec,
             gpointer         user_data)
{
  if (adw_style_manager_get_high_contrast (manager))
    gtk_widget_add_css_class (user_data, "sb-hc");
  else
    gtk_widget_remove_css_class (user_data, "sb-hc");
}

/* Size and place are kept for the next time. */
static gboolean
sb_window_close_request (GtkWindow *window)
{
  GSettings *settings = sb_settings_get ();
  gboolean   maximized = gtk_window_is_maximized (window);
  int        width, height;

  sb_window_keep_place (SB_WINDOW (window));
  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_boolean (settings, "window-maximized", maximized);
  if (!maximized && width >= 360 && height >= 294)
    {
      g_settings_set_int (settings, "window-width", width);
      g_settings_set_int (settings, "window-height", height);
    }

  return GTK_WINDOW_CLASS (sb_window_parent_class)->close_request (window);
}

static void
sb_window_realize (GtkWidget *widget)
{
  SbWindow *self = SB_WINDOW (widget);

  if (self->inbox == NULL)
    add_welcome (self);

  GTK_WIDGET_CLASS (sb_window_parent_class)->realize (widget);
}

static void
sb_window_class_init (SbWindowClass *klass)
{
  GTK_WIDGET_CLASS (klass)->realize = sb_window_realize;
  G_OBJECT_CLASS (klass)->dispose = sb_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = sb_window_close_request;
}

static void
narrow_cb (SbWindow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "sb-narrow");
}

static void
wide_cb (SbWindow *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "sb-narrow");
}

/* Each place lays itself out; this is for what belongs to none: menus and toasts. Large texts make a window narrow, too. */
static void
watch_width (SbWindow *self)
{
  AdwBreakpoint *narrow = adw_breakpoint_new (adw_breakpoint_condition_parse ("max-width: 480sp"));

  g_signal_connect_object (narrow, "apply", G_CALLBACK (narrow_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (narrow, "unapply", G_CALLBACK (wide_cb), self, G_CONNECT_SWAPPED);
  adw_application_window_add_breakpoint (ADW_APPLICATION_WINDOW (self), narrow);
}

static void
sb_window_init (SbWindow *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  gtk_window_set_title (GTK_WINDOW (self), "Shopbell");
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (sb_settings_get (), "window-width"), g_settings_get_int (sb_settings_get (), "window-height"));
  if (g_settings_get_boolean (sb_settings_get (), "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 294);
  self->pages = g_object_new (GTK_TYPE_STACK, "hhomogeneous", FALSE, "vhomogeneous", FALSE, NULL);
  self->toasts = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), self->pages);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), self->toasts);
  watch_width (self);
  sb_window_drop_add (self);
  sb_window_dialogs_keep (ADW_APPLICATION_WINDOW (self));
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (contrast_cb), self, 0);
  contrast_cb (style, NULL, self);
#if SB_DEVEL
  gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
#endif
}

GtkWidget *
sb_window_new (GtkApplication *application)
{
  return g_object_new (SB_TYPE_WINDOW, "application", application, NULL);
}
