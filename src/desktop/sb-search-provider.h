#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SB_TYPE_SEARCH_PROVIDER (sb_search_provider_get_type ())

G_DECLARE_FINAL_TYPE (SbSearchProvider, sb_search_provider, SB, SEARCH_PROVIDER, GApplication)

GApplication *sb_search_provider_new (void);

G_END_DECLS
