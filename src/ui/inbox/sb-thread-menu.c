#include "sb-thread-menu.h"

#include <glib/gi18n.h>

#include "sb-macro-acts.h"

GMenuModel *
sb_thread_menu_new (SbEngine       *engine,
                    const SbThread *thread)
{
  GMenu                 *model = g_menu_new ();
  g_autoptr (GMenu)      first = g_menu_new ();
  g_autoptr (GMenu)      second = g_menu_new ();
  g_autoptr (GMenu)      third = g_menu_new ();
  g_autoptr (GMenuModel) macros = sb_macro_menu_new (engine);

  g_menu_append (first, C_("menu", "Open"), "inbox.open");
  if (thread->status == SB_THREAD_CLOSED || thread->status == SB_THREAD_SNOOZED)
    g_menu_append (first, _("Reopen"), "inbox.reopen");
  if (thread->status != SB_THREAD_CLOSED)
    g_menu_append (first, C_("menu", "Done"), "inbox.done");
  g_menu_append (first, _("Snooze…"), "inbox.snooze");
  if (thread->status == SB_THREAD_OPEN || thread->status == SB_THREAD_PENDING)
    g_menu_append (first, thread->status == SB_THREAD_PENDING ? _("No Longer Pending") : _("Pending"), "inbox.pending");
  g_menu_append (second, _("Assign…"), "inbox.assign");
  g_menu_append (second, _("Assign to Me"), "inbox.assign-me");
  g_menu_append (second, _("Tag…"), "inbox.tag");
  g_menu_append (second, _("Write a Note…"), "inbox.note");
  g_menu_append_submenu (second, C_("menu", "Macros"), macros);
  g_menu_append (third, thread->unread > 0 ? _("Mark as Read") : _("Mark as Unread"), "inbox.unread");
  g_menu_append (third, thread->pinned ? _("Unpin") : _("Pin"), "inbox.pin");
  g_menu_append (third, thread->blocked ? _("No Longer Block") : _("Block"), "inbox.block");
  g_menu_append (third, _("Select"), "inbox.select");
  g_menu_append_section (model, NULL, G_MENU_MODEL (first));
  g_menu_append_section (model, NULL, G_MENU_MODEL (second));
  g_menu_append_section (model, NULL, G_MENU_MODEL (third));

  return G_MENU_MODEL (model);
}
