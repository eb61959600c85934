#include <glib/gi18n.h>
#include <locale.h>

#include "sb-config.h"
#include "sb-search-provider.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr (GApplication) provider = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, SB_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  provider = sb_search_provider_new ();

  return g_application_run (provider, argc, argv);
}
