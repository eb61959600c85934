#include "sb-error.h"

G_DEFINE_QUARK (sb-error, sb_error)
