// The passes of LLVM that apus runs, which LLVM's C interface offers together with all others only.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct LLVMOpaqueModule;
struct LLVMOpaqueTargetMachine;

// A pass. Those of whole modules come first.
enum cpasses_pass {
  // Puts functions that are marked so in the places of their calls.
  cpasses_inline_marked = 0,
  // Removes what nobody uses.
  cpasses_remove_unused_globals,
  // Makes values of what functions keep in memory.
  cpasses_replace_aggregates,
  // Computes once what is computed twice.
  cpasses_share_expressions,
  // Writes instructions in shorter ways.
  cpasses_combine_instructions,
  // Merges and removes blocks.
  cpasses_simplify_flow,
  // Removes instructions whose results nobody uses.
  cpasses_remove_dead_code,
};

// Runs `count` passes on the module, in this order; those of functions that stand side by side on one function
// after the other.
void cpasses_run(
    struct LLVMOpaqueModule *module, struct LLVMOpaqueTargetMachine *machine, const uint32_t *passes, size_t count);

#ifdef __cplusplus
}
#endif
