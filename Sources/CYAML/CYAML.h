// The part of libyaml that apus uses: reading documents.
#pragma once
#include <yaml.h>
