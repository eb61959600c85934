#include "sb-declaration.h"

#include <glib/gi18n-lib.h>

void
sb_declaration_free (SbDeclaration *self)
{
  g_free (self->file_name);
  g_free (self->method);
  g_free (self->wording);
  g_free (self->staff_name);
  g_free (self);
}

/* As one sentence; the day is shown beside it. */
char *
sb_declaration_text (const SbDeclaration *self)
{
  /* Translators: stands where the name of a file would */
  const char *file = self->file_name != NULL && self->file_name[0] != '\0' ? self->file_name : _("pasted text");

  if (g_strcmp0 (self->method, "paper") == 0)
    /* Translators: %s is the name of the file with a list of people */
    return g_strdup_printf (_("Said by the shop when importing %s: they signed a list on paper"), file);
  if (g_strcmp0 (self->method, "shop") == 0)
    return g_strdup_printf (_("Said by the shop when importing %s: they said so in the shop"), file);
  if (g_strcmp0 (self->method, "phone") == 0)
    return g_strdup_printf (_("Said by the shop when importing %s: they said so by phone"), file);
  if (g_strcmp0 (self->method, "web") == 0)
    return g_strdup_printf (_("Said by the shop when importing %s: they ticked a box on a website"), file);

  return g_strdup_printf (_("Said by the shop when importing %s: they agreed in another way"), file);
}
