/* A page that is read again, turned or in other languages, and pages that were not read yet. */
#include <glib/gi18n.h>

#include "sb-ocr-languages.h"
#include "sb-ocr-review-private.h"
#include "sb-ocr-scan.h"
#include "sb-tell.h"

/* -- a page, once more -- */

static const SbPaperPage *
page_at (SbOcrReview *self)
{
  int number = self->at.row < self->rows->len ? ((const SbOcrRow *) self->rows->pdata[self->at.row])->page : -1;

  for (guint i = 0; i < self->pages->len; i++)
    if (((const SbPaperPage *) self->pages->pdata[i])->number == number)
      return self->pages->pdata[i];

  return self->pages->len > 0 ? self->pages->pdata[0] : NULL;
}

typedef struct
{
  SbOcrReview *review;
  SbOcrStep   *step;
} Again;

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Again                  *again = user_data;
  g_autoptr (SbOcrReview) self = again->review;
  SbOcrStep              *step = again->step;
  g_autoptr (GError)      error = NULL;

  g_free (again);
  self->finishing = FALSE;
  if (sb_engine_read_paper_finish (SB_ENGINE (object), result, &error) == 0)
    {
      sb_ocr_step_free (step);
      sb_ocr_review_show (self);
      sb_tell (GTK_WIDGET (self), error->message);
      return;
    }
  g_ptr_array_add (self->steps, step);
  sb_ocr_review_load (self);
  sb_ocr_review_begin (self);
  sb_tell (GTK_WIDGET (self), _("Read again. What you decided stays, and Z goes back."));
}

static void
read_again (SbOcrReview *self,
            int          degrees)
{
  const SbPaperPage *page = page_at (self);
  g_autofree char   *path = page != NULL ? sb_engine_dup_paper_picture (self->engine, page) : NULL;
  g_autofree char   *languages = sb_ocr_languages_get ();
  Again             *again;
  SbPaperWish        wish = { .paper_id = self->paper_id, .path = path, .country = self->country, .languages = languages, .turn = degrees, .last = -1 };

  if (path == NULL || self->finishing)
    return;
  wish.page = page->number;
  again = g_new0 (Again, 1);
  again->review = g_object_ref (self);
  again->step = g_new0 (SbOcrStep, 1);
  again->step->at = self->at;
  again->step->before = sb_paper_before_new (self->rows, page);
  self->finishing = TRUE;
  gtk_widget_set_sensitive (self->finish, FALSE);
  sb_engine_read_paper_async (self->engine, &wish, NULL, NULL, NULL, read_cb, again);
}

/* The page is read again as it is held now; nothing that was decided is lost by that. */
void
sb_ocr_review_turn (SbOcrReview *self,
                    int          degrees)
{
  read_again (self, degrees);
}

typedef struct
{
  SbOcrReview *review;
  SbOcrPlace   at;
} Back;

static void
back_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Back        *back = user_data;
  g_autoptr (SbOcrReview) self = back->review;
  g_autoptr (GError)      error = NULL;

  self->finishing = FALSE;
  if (!sb_engine_restore_paper_finish (SB_ENGINE (object), result, &error))
    {
      sb_tell (GTK_WIDGET (self), error->message);
      return;
    }
  sb_ocr_review_load (self);
  sb_ocr_review_begin (self);
  sb_ocr_review_go (self, back->at);
}

void
sb_ocr_review_go_back (SbOcrReview   *self,
                       SbPaperBefore *before,
                       SbOcrPlace     at)
{
  Back *back = g_new0 (Back, 1);

  back->review = g_object_ref (self);
  back->at = at;
  self->finishing = TRUE;
  sb_engine_restore_paper_async (self->engine, self->paper_id, before, back_cb, back);
}

/* -- its languages -- */

static void
languages_chosen (SbOcrReview *self)
{
  read_again (self, 0);
}

static void
languages_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  sb_ocr_languages_ask (widget, SB_OCR_REVIEW (widget)->engine, G_CALLBACK (languages_chosen));
}

/* -- the pages after these -- */

static int
last_page (SbOcrReview *self)
{
  const SbPaperPage *last = self->pages->len > 0 ? self->pages->pdata[self->pages->len - 1] : NULL;

  return last != NULL ? last->number : -1;
}

static void
show_more (SbOcrReview *self)
{
  const SbPaperPage *first = self->pages->len > 0 ? self->pages->pdata[0] : NULL;
  int                last = last_page (self) + 1, n = MIN (SB_PAPER_PAGES, self->n_pages - last);
  g_autofree char   *title = NULL;
  g_autofree char   *next = NULL;

  adw_banner_set_revealed (ADW_BANNER (self->more), n > 0 && self->path != NULL && first != NULL);
  if (n <= 0 || first == NULL)
    return;
  /* Translators: which pages of how many were read, as "Pages 1–50 of 200" */
  title = g_strdup_printf (_("Pages %d–%d of %d"), first->number + 1, last, self->n_pages);
  next = g_strdup_printf (ngettext ("Read the Next %d", "Read the Next %d", n), n);
  adw_banner_set_title (ADW_BANNER (self->more), title);
  adw_banner_set_button_label (ADW_BANNER (self->more), next);
}

static void
more_cb (SbOcrReview *self)
{
  GtkWidget *place = gtk_widget_get_ancestor (GTK_WIDGET (self), SB_TYPE_CONTACTS_PLACE);

  if (place != NULL && self->path != NULL && !self->finishing)
    sb_ocr_scan_more (SB_CONTACTS_PLACE (place), self, self->path, last_page (self) + 1);
}

GtkWidget *
sb_ocr_review_make_more (SbOcrReview *self)
{
  self->more = adw_banner_new ("");
  adw_banner_set_use_markup (ADW_BANNER (self->more), FALSE);
  g_signal_connect_object (self->more, "button-clicked", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);

  return self->more;
}

void
sb_ocr_review_set_pages (SbOcrReview *self,
                         int          n_pages)
{
  self->n_pages = n_pages;
  show_more (self);
}

gint64
sb_ocr_review_get_paper (SbOcrReview *self)
{
  return self->paper_id;
}

/* Rows come behind those that are there, so the place under review stays. */
void
sb_ocr_review_reload (SbOcrReview *self)
{
  SbOcrPlace at = self->at;
  gboolean   was_empty = self->rows->len == 0;

  sb_ocr_review_load (self);
  show_more (self);
  if (was_empty)
    sb_ocr_review_begin (self);
  else
    sb_ocr_review_go (self, at);
}

void
sb_ocr_review_install_again (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "paper.languages", NULL, languages_action);
}
