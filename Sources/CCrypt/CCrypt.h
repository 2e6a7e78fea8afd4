// The part of libxcrypt that apus uses: hashing of passwords.
#pragma once
#include <crypt.h>
