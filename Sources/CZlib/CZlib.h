// The part of zlib that apus uses: reading compressed files.
#pragma once
#include <zlib.h>
