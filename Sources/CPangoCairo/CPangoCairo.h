/* Cairo's PDF surface and Pango's text layout, as they are. Debian: libpango1.0-dev. */
#ifndef OMS_CPANGOCAIRO_H
#define OMS_CPANGOCAIRO_H

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#endif
