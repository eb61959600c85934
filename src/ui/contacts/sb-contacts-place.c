#include "sb-contacts-place.h"

#include <glib/gi18n.h>

#include "sb-board-page.h"
#include "sb-consent-page.h"
#include "sb-import-open.h"
#include "sb-imports-page.h"
#include "sb-ocr-scan.h"
#include "sb-people-page.h"

/**
 * SbContactsPlace:
 *
 * Contacts: one page for each way to look at the shop's people, with a switch between them in the header, or at the foot when
 * there is little room. A page is made when it is first shown, and kept.
 */
struct _SbContactsPlace
{
  AdwBreakpointBin parent_instance;

  SbEngine      *engine;
  AdwBreakpoint *narrow;
  GtkWidget     *navigation;
  GtkWidget     *stack;
};

G_DEFINE_FINAL_TYPE (SbContactsPlace, sb_contacts_place, ADW_TYPE_BREAKPOINT_BIN)

typedef GtkWidget *(*MakePage) (SbContactsPlace *place);

/* The order in which they are shown. A page is an AdwToolbarView with the header of sb_contacts_place_new_header (). */
static const struct
{
  const char *name;
  const char *title;
  const char *icon;
  MakePage    make;
} pages[] = {
  { "people", N_("People"), "sb-people-symbolic", sb_people_page_new },
  { "board", N_("Board"), "sb-board-symbolic", sb_board_page_new },
  { "consent", N_("Consent"), "sb-consent-symbolic", sb_consent_page_new },
  { "imports", N_("Imports"), "document-open-symbolic", sb_imports_page_new },
  { NULL, NULL, NULL, NULL },
};

static void
fill_cb (SbContactsPlace *self)
{
  GtkWidget  *holder = adw_view_stack_get_visible_child (ADW_VIEW_STACK (self->stack));
  const char *name = adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (self->stack));

  if (holder == NULL || adw_bin_get_child (ADW_BIN (holder)) != NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_strcmp0 (pages[i].name, name) == 0 && name != NULL)
      adw_bin_set_child (ADW_BIN (holder), pages[i].make (self));
}

GtkWidget *
sb_contacts_place_new_header (SbContactsPlace *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *switcher = adw_view_switcher_new ();
  GValue     title = G_VALUE_INIT;

  adw_view_switcher_set_policy (ADW_VIEW_SWITCHER (switcher), ADW_VIEW_SWITCHER_POLICY_WIDE);
  adw_view_switcher_set_stack (ADW_VIEW_SWITCHER (switcher), ADW_VIEW_STACK (self->stack));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), switcher);
  g_value_init (&title, GTK_TYPE_WIDGET);
  g_value_take_object (&title, g_object_ref_sink (adw_window_title_new (_("Contacts"), NULL)));
  adw_breakpoint_add_setter (self->narrow, G_OBJECT (header), "title-widget", &title);
  g_value_unset (&title);

  return header;
}

SbEngine *
sb_contacts_place_get_engine (SbContactsPlace *self)
{
  return self->engine;
}

/* (transfer none): the page called @page, shown */
GtkWidget *
sb_contacts_place_show (SbContactsPlace *self,
                        const char      *page)
{
  adw_navigation_view_pop_to_tag (ADW_NAVIGATION_VIEW (self->navigation), "pages");
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (self->stack), page);

  return adw_bin_get_child (ADW_BIN (adw_view_stack_get_visible_child (ADW_VIEW_STACK (self->stack))));
}

void
sb_contacts_place_push (SbContactsPlace   *self,
                        AdwNavigationPage *page)
{
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (self->navigation), page);
}

static void
sb_contacts_place_dispose (GObject *object)
{
  SbContactsPlace *self = SB_CONTACTS_PLACE (object);

  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_contacts_place_parent_class)->dispose (object);
}

static void
sb_contacts_place_class_init (SbContactsPlaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_contacts_place_dispose;
  sb_import_open_install (GTK_WIDGET_CLASS (klass));
  sb_ocr_scan_install (GTK_WIDGET_CLASS (klass));
}

static void
sb_contacts_place_init (SbContactsPlace *self)
{
  GtkWidget         *view = adw_toolbar_view_new ();
  GtkWidget         *foot = adw_view_switcher_bar_new ();
  AdwNavigationPage *all = adw_navigation_page_new (view, _("Contacts"));
  GValue             yes = G_VALUE_INIT;

  self->stack = adw_view_stack_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (pages) && pages[i].name != NULL; i++)
    adw_view_stack_add_titled_with_icon (ADW_VIEW_STACK (self->stack), adw_bin_new (), pages[i].name, _(pages[i].title), pages[i].icon);
  adw_view_switcher_bar_set_stack (ADW_VIEW_SWITCHER_BAR (foot), ADW_VIEW_STACK (self->stack));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->stack);
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), foot);
  adw_navigation_page_set_tag (all, "pages");
  self->navigation = adw_navigation_view_new ();
  adw_navigation_view_add (ADW_NAVIGATION_VIEW (self->navigation), all);
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 290);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (self), self->navigation);

  self->narrow = adw_breakpoint_new (adw_breakpoint_condition_parse ("max-width: 819sp"));
  g_value_init (&yes, G_TYPE_BOOLEAN);
  g_value_set_boolean (&yes, TRUE);
  adw_breakpoint_add_setter (self->narrow, G_OBJECT (foot), "reveal", &yes);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (self), self->narrow);
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (fill_cb), self, G_CONNECT_SWAPPED);
  sb_ocr_scan_add_drop (self);
}

GtkWidget *
sb_contacts_place_new (SbEngine *engine)
{
  SbContactsPlace *self = g_object_new (SB_TYPE_CONTACTS_PLACE, NULL);

  self->engine = g_object_ref (engine);
  fill_cb (self);

  return GTK_WIDGET (self);
}
