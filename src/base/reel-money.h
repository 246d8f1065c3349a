#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReelMoney:
 *
 * An amount of US dollars in micro-dollars (1,000,000 are one dollar), or %REEL_MONEY_NOT_LISTED.
 *
 * Money is never a double: it is read from the decimal text and stays an integer up to the label.
 */
typedef gint64 ReelMoney;

#define REEL_MONEY_NOT_LISTED ((ReelMoney) - 1)
#define REEL_MONEY_DOLLAR     ((ReelMoney)1000000)

ReelMoney reel_money_from_decimal (const char *text);
ReelMoney reel_money_multiply (ReelMoney amount, guint factor);
char *reel_money_format (ReelMoney amount);

G_END_DECLS
