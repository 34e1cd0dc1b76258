#pragma once
// PostgreSQL's own client library; pkg-config (libpq) tells where its headers are.
#include <libpq-fe.h>
