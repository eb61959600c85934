#include "sb-proof.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>

#include "sb-phone.h"
#include "sb-reader-consent.h"
#include "sb-reader-declared.h"
#include "sb-thread-row.h"

#define MARGIN 44.0
#define FOOT   96.0

struct _SbProof
{
  char      *name;
  char      *handle;
  char      *shop;
  char      *printed;
  GPtrArray *entries;  /* SbConsentEntry, oldest first */
  GPtrArray *declared; /* SbDeclaration, oldest first */
  SbConsent  now;
  gboolean   orders_refused;
  char      *check;
};

static char *
time_text (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / 1000);

  /* Translators: date and time of an entry of the ledger; see g_date_time_format () */
  return time != NULL ? g_date_time_format (time, C_("consent", "%-d %b %Y, %H:%M")) : g_strdup ("");
}

SbProof *
sb_proof_new (SbEngine *engine,
              gint64    contact_id)
{
  SbReader             *reader = sb_engine_get_reader (engine);
  g_autoptr (SbContact) contact = sb_reader_get_contact (reader, contact_id);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (sb_clock_now (sb_engine_get_clock (engine)) / 1000);
  g_autofree char      *date = g_date_time_format (today, C_("consent", "%-d %B %Y"));
  g_autofree char      *shop = sb_engine_dup_shop_name (engine);
  SbProof              *self = g_new0 (SbProof, 1);

  self->entries = sb_reader_list_consent_of (reader, contact_id);
  self->declared = sb_reader_list_declarations (reader, contact_id);
  if (contact != NULL)
    {
      g_autofree char *shown = contact->number != NULL ? sb_phone_format (contact->number) : NULL;

      self->handle = shown != NULL ? g_steal_pointer (&shown) : contact->number != NULL ? g_strconcat ("+", contact->number, NULL)
                                                            : contact->username != NULL ? g_strconcat ("@", contact->username, NULL)
                                                                                        : g_strdup ("");
      self->name = g_strdup (contact->name != NULL ? contact->name : contact->profile_name != NULL ? contact->profile_name
                                                                                                   : self->handle);
    }
  else
    {
      self->handle = g_strdup ("");
      self->name = g_strdup (_("Somebody who was erased"));
    }
  self->shop = g_strdup (shop != NULL ? shop : "");
  /* Translators: the shop's name, and the day on which the page was printed */
  self->printed = g_strdup_printf (_("%s · printed %s"), self->shop, date);
  self->now = sb_reader_get_consent (reader, contact_id);
  self->orders_refused = sb_reader_get_answer (reader, contact_id, SB_PURPOSE_ORDERS) == SB_ANSWER_NO;
  self->check = sb_consent_check_value (self->entries);

  return self;
}

void
sb_proof_free (SbProof *self)
{
  g_free (self->name);
  g_free (self->handle);
  g_free (self->shop);
  g_free (self->printed);
  g_free (self->check);
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->declared);
  g_free (self);
}

/* What follows from all entries, as one sentence. */
static const char *
conclusion (SbProof *self)
{
  if (self->orders_refused)
    return _("Today: nothing, except answers to what they write.");

  switch (self->now)
    {
    case SB_CONSENT_OFFERS:
      return _("Today: offers and order news allowed.");
    case SB_CONSENT_ORDERS:
      return _("Today: order news allowed. No offers.");
    case SB_CONSENT_OPTED_OUT:
      return _("Today: no offers. Order news allowed.");
    case SB_CONSENT_NONE:
    default:
      return _("Today: nothing was agreed.");
    }
}

static char *
how_text (const SbConsentEntry *entry)
{
  g_autofree char *how = sb_consent_entry_how (entry);
  g_autofree char *clock = entry->reply_at != 0 ? sb_time_clock (entry->reply_at) : NULL;

  if (clock != NULL)
    /* Translators: how somebody opted out, and the time of day at which that was confirmed */
    return g_strdup_printf (_("%s – confirmed once at %s"), how, clock);
  if (!entry->stands && entry->answer <= SB_ANSWER_NO)
    /* Translators: how somebody agreed, of an entry that was taken back */
    return g_strdup_printf (_("%s – taken back since"), how);

  return g_steal_pointer (&how);
}

/* A sentence about a list, its day with it. */
static char *
declared_text (const SbDeclaration *declaration)
{
  g_autofree char *text = sb_declaration_text (declaration);
  g_autofree char *time = time_text (declaration->at);

  /* Translators: what the shop said when it imported a list, and when that was */
  return g_strdup_printf (_("%s (%s)"), text, time);
}

/* The page as plain words, for those who do not see it. */
char *
sb_proof_dup_text (SbProof *self)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n%s %s\n%s\n", _("Consent record"), self->name, self->handle, self->printed);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const SbConsentEntry *entry = self->entries->pdata[i];
      g_autofree char      *heading = sb_consent_entry_heading (entry);
      g_autofree char      *time = time_text (entry->at);
      g_autofree char      *how = how_text (entry);
      const char           *quote = sb_consent_entry_quote (entry);

      g_string_append_printf (text, "%u. %s\n%s\n%s\n", i + 1, heading, time, how);
      if (quote != NULL)
        g_string_append_printf (text, "“%s”\n", quote);
    }
  for (guint i = 0; i < self->declared->len; i++)
    {
      const SbDeclaration *declaration = self->declared->pdata[i];
      g_autofree char     *words = declared_text (declaration);

      g_string_append_printf (text, "%s\n", words);
      if (declaration->wording != NULL && declaration->wording[0] != '\0')
        g_string_append_printf (text, "“%s”\n", declaration->wording);
    }
  g_string_append_printf (text, "%s\n%s", conclusion (self), self->check);

  return g_string_free (text, FALSE);
}

char *
sb_proof_dup_file_name (SbProof *self)
{
  /* Translators: name of a file; the name of a customer */
  g_autofree char *name = g_strdup_printf (_("Consent record of %s.pdf"), self->name);

  return g_strdelimit (g_steal_pointer (&name), "/\\:", '-');
}

/* -- drawing -- */

typedef struct
{
  cairo_t      *cr;
  PangoContext *context;
  double        y;
  gboolean      only_measure;
} Pen;

static gboolean
is_mirrored (const Pen *pen)
{
  return pango_context_get_base_dir (pen->context) == PANGO_DIRECTION_RTL;
}

static double
put (Pen        *pen,
     const char *text,
     const char *font,
     double      grey,
     double      x,
     double      width)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (pen->context);
  PangoFontDescription   *description = pango_font_description_from_string (font);
  int                     high;

  pango_font_description_set_absolute_size (description, pango_font_description_get_size (description));
  pango_layout_set_font_description (layout, description);
  pango_font_description_free (description);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  /* All of the page begins at one edge; what somebody wrote keeps its own direction inside its quotation marks. */
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_alignment (layout, is_mirrored (pen) ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, NULL, &high);
  if (!pen->only_measure)
    {
      cairo_set_source_rgb (pen->cr, grey, grey, grey);
      cairo_move_to (pen->cr, x, pen->y);
      pango_cairo_show_layout (pen->cr, layout);
    }
  pen->y += high;

  return high;
}

static void
rule (Pen *pen)
{
  pen->y += 9;
  if (!pen->only_measure)
    {
      cairo_set_source_rgb (pen->cr, 0.86, 0.86, 0.86);
      cairo_rectangle (pen->cr, MARGIN, pen->y, SB_PROOF_WIDTH - 2 * MARGIN, 1.5);
      cairo_fill (pen->cr);
    }
  pen->y += 15;
}

static void
put_quote (Pen        *pen,
           const char *quote,
           double      x,
           double      width)
{
  g_autofree char *isolated = g_strconcat ("\342\201\250", quote, "\342\201\251", NULL);
  g_autofree char *marked = g_strdup_printf (_("“%s”"), isolated);
  double           top = pen->y + 6;
  gboolean         measure = pen->only_measure;

  pen->only_measure = TRUE;
  pen->y = top + 9;
  put (pen, marked, "Sans Italic 17", 0.2, x + 15, width - 30);
  pen->only_measure = measure;
  if (!measure)
    {
      cairo_set_source_rgb (pen->cr, 0.95, 0.95, 0.95);
      cairo_rectangle (pen->cr, x, top, width, pen->y + 9 - top);
      cairo_fill (pen->cr);
    }
  pen->y = top + 9;
  put (pen, marked, "Sans Italic 17", 0.2, x + 15, width - 30);
  pen->y += 9;
}

/* The number in its disc: green for a yes, red for a no, grey for what only follows. */
static void
put_number (Pen                  *pen,
            const SbConsentEntry *entry,
            guint                 number,
            double                x)
{
  g_autofree char *text = g_strdup_printf ("%u", number);
  double           y = pen->y;
  int              width;

  if (pen->only_measure)
    return;
  if (entry->answer == SB_ANSWER_YES && entry->stands)
    cairo_set_source_rgb (pen->cr, 0.11, 0.52, 0.33);
  else if (entry->answer == SB_ANSWER_NO && entry->stands)
    cairo_set_source_rgb (pen->cr, 0.75, 0.11, 0.16);
  else
    cairo_set_source_rgb (pen->cr, 0.45, 0.45, 0.45);
  cairo_arc (pen->cr, x + 15, y + 14, 15, 0, 2 * G_PI);
  cairo_fill (pen->cr);
  {
    g_autoptr (PangoLayout) layout = pango_layout_new (pen->context);
    PangoFontDescription   *font = pango_font_description_from_string ("Sans Bold");

    pango_font_description_set_absolute_size (font, 16 * PANGO_SCALE);
    pango_layout_set_font_description (layout, font);
    pango_font_description_free (font);
    pango_layout_set_text (layout, text, -1);
    pango_layout_get_pixel_size (layout, &width, NULL);
    cairo_set_source_rgb (pen->cr, 1, 1, 1);
    cairo_move_to (pen->cr, x + 15 - width / 2.0, y + 4);
    pango_cairo_show_layout (pen->cr, layout);
  }
}

static void
put_entry (Pen                  *pen,
           const SbConsentEntry *entry,
           guint                 number)
{
  g_autofree char *heading = sb_consent_entry_heading (entry);
  g_autofree char *time = time_text (entry->at);
  g_autofree char *how = how_text (entry);
  const char      *quote = sb_consent_entry_quote (entry);
  gboolean         mirrored = is_mirrored (pen);
  double           width = SB_PROOF_WIDTH - 2 * MARGIN - 48;
  double           x = mirrored ? MARGIN : MARGIN + 48;

  put_number (pen, entry, number, mirrored ? SB_PROOF_WIDTH - MARGIN - 30 : MARGIN);
  put (pen, heading, "Sans Bold 20", 0.1, x, width);
  pen->y += 2;
  put (pen, time, "Sans 16", 0.4, x, width);
  put (pen, how, "Sans 17", 0.15, x, width);
  if (quote != NULL)
    put_quote (pen, quote, x, width);
  pen->y += 15;
}

static double
height_of (Pen                  *pen,
           const SbConsentEntry *entry)
{
  Pen measure = { pen->cr, pen->context, 0, TRUE };

  put_entry (&measure, entry, 1);

  return measure.y;
}

/* The word of the shop stands apart from the customer's: small, after them, without a number. */
static void
put_declared (SbProof *self,
              Pen     *pen)
{
  guint first = self->declared->len > 3 ? self->declared->len - 3 : 0;

  for (guint i = first; i < self->declared->len; i++)
    {
      const SbDeclaration *declaration = self->declared->pdata[i];
      g_autofree char     *text = declared_text (declaration);
      double               width = SB_PROOF_WIDTH - 2 * MARGIN;

      put (pen, text, "Sans 16", 0.3, MARGIN, width);
      if (declaration->wording != NULL && declaration->wording[0] != '\0')
        put_quote (pen, declaration->wording, MARGIN, width);
      pen->y += 6;
    }
  if (self->declared->len > 0)
    put (pen, _("What the shop says of a list allows no offers by itself."), "Sans Italic 15", 0.4, MARGIN, SB_PROOF_WIDTH - 2 * MARGIN);
}

static double
height_of_declared (SbProof *self,
                    Pen     *pen)
{
  Pen measure = { pen->cr, pen->context, 0, TRUE };

  put_declared (self, &measure);

  return measure.y;
}

/* The newest entries that fit; a longer history says how many are before them. */
static guint
first_shown (SbProof *self,
             Pen     *pen)
{
  double room = SB_PROOF_HEIGHT - FOOT - pen->y - 24 - height_of_declared (self, pen);
  guint  first = self->entries->len;

  while (first > 0 && (room -= height_of (pen, self->entries->pdata[first - 1])) >= 0)
    first--;

  return first;
}

void
sb_proof_draw (SbProof      *self,
               cairo_t      *cr,
               PangoContext *context)
{
  Pen              pen = { cr, context, MARGIN, FALSE };
  double           width = SB_PROOF_WIDTH - 2 * MARGIN;
  g_autofree char *who = self->handle[0] != '\0' && g_strcmp0 (self->handle, self->name) != 0 ? g_strdup_printf ("%s · \342\201\246%s\342\201\251", self->name, self->handle) : g_strdup (self->name);
  /* Translators: %s is a short row of letters and digits */
  g_autofree char *seal = g_strdup_printf (_("Entries cannot be changed or removed. Check value %s"), self->check);
  guint            first;

  put (&pen, _("Consent record"), "Sans Bold 30", 0.1, MARGIN, width);
  pen.y += 6;
  put (&pen, who, "Sans 20", 0.25, MARGIN, width);
  put (&pen, self->printed, "Sans 16", 0.4, MARGIN, width);
  rule (&pen);

  first = first_shown (self, &pen);
  if (first > 0)
    {
      g_autofree char *before = g_strdup_printf (ngettext ("%u earlier entry is in the export of this person.", "%u earlier entries are in the export of this person.", first), first);

      put (&pen, before, "Sans Italic 16", 0.4, MARGIN, width);
      pen.y += 9;
    }
  for (guint i = first; i < self->entries->len; i++)
    put_entry (&pen, self->entries->pdata[i], i + 1);
  if (self->entries->len == 0)
    put (&pen, _("Nothing is recorded of this person."), "Sans 17", 0.25, MARGIN, width);
  put_declared (self, &pen);
  rule (&pen);
  put (&pen, conclusion (self), "Sans Bold 19", 0.1, MARGIN, width);
  pen.y += 3;
  put (&pen, seal, "Sans 14", 0.45, MARGIN, width);
}

gboolean
sb_proof_save (SbProof    *self,
               const char *path,
               GError    **error)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (path, SB_PROOF_WIDTH, SB_PROOF_HEIGHT);
  cairo_t         *cr = cairo_create (surface);
  PangoContext    *context = pango_cairo_create_context (cr);
  cairo_status_t   status;

  pango_context_set_base_dir (context, gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, _("Consent record"));
  sb_proof_draw (self, cr, context);
  cairo_show_page (cr);
  g_object_unref (context);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;

  g_set_error (error, SB_ERROR, SB_ERROR_STORAGE, _("The page cannot be saved: %s"), cairo_status_to_string (status));

  return FALSE;
}
