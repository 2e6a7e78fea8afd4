// The parts of libelf and libdw (elfutils) that apus uses: files with machine code, their symbols and their debug
// information.
#pragma once
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <gelf.h>
#include <libelf.h>
