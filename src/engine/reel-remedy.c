#include "config.h"

#include "reel-remedy.h"

#include "reel-error.h"

#include <gio/gio.h>

/* How often a video that ends before its end is fetched. */
#define MOST_TRUNCATED 3

/**
 * reel_remedy_choose:
 * @error: why a download failed
 * @pieced: whether the file was put together from more than one answer
 * @n_truncated: how often the video was too short before
 *
 * Decides what to do about a download that failed. Nothing of it can cause a POST.
 */
ReelRemedy
reel_remedy_choose (const GError *error, gboolean pieced, guint n_truncated)
{
  guint http_status = reel_error_get_http_status (error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return REEL_REMEDY_WAIT_FOR_SPACE;
  if (error->domain != REEL_ERROR || http_status == 408 || http_status == 429 || http_status >= 500)
    return REEL_REMEDY_TRY_AGAIN;
  if (http_status == 416)
    return REEL_REMEDY_START_OVER;
  if (http_status >= 400)
    return REEL_REMEDY_ASK_FIRST;

  switch ((ReelError)error->code) {
  case REEL_ERROR_UNREACHABLE:
  case REEL_ERROR_PROXY:
  case REEL_ERROR_PORTAL:
  case REEL_ERROR_TLS:
  case REEL_ERROR_CERTIFICATE_AUTHORITY:
  case REEL_ERROR_CERTIFICATE_SELF_SIGNED:
  case REEL_ERROR_CERTIFICATE_NAME:
  case REEL_ERROR_CERTIFICATE_EXPIRED:
  case REEL_ERROR_CERTIFICATE_EARLY:
  case REEL_ERROR_BROKEN:
  case REEL_ERROR_TIMEOUT:
    return REEL_REMEDY_TRY_AGAIN;
  case REEL_ERROR_BAD_SHAPE:
    /* A part that is not the one that was asked for; or an address that may not be used. */
    return http_status == 206 ? REEL_REMEDY_START_OVER : REEL_REMEDY_ASK_FIRST;
  case REEL_ERROR_NOT_A_VIDEO:
    return pieced ? REEL_REMEDY_START_OVER : REEL_REMEDY_SET_ASIDE;
  case REEL_ERROR_TRUNCATED:
    return n_truncated + 1 < MOST_TRUNCATED ? REEL_REMEDY_START_OVER : REEL_REMEDY_SET_ASIDE;
  case REEL_ERROR_FILE:
  case REEL_ERROR_TOO_LARGE:
  case REEL_ERROR_NOT_JSON:
  case REEL_ERROR_INVALID_REQUEST:
  case REEL_ERROR_UNAUTHORIZED:
  case REEL_ERROR_INSUFFICIENT_CREDITS:
  case REEL_ERROR_NOT_FOUND:
  case REEL_ERROR_RATE_LIMITED:
  case REEL_ERROR_INTERNAL:
  case REEL_ERROR_UNKNOWN_CODE:
  case REEL_ERROR_STORE:
  case REEL_ERROR_MISSING_DECODER:
  case REEL_ERROR_SECRET:
  case REEL_ERROR_TAKEN:
  case REEL_ERROR_MISMATCH:
  default:
    return REEL_REMEDY_GIVE_UP;
  }
}
