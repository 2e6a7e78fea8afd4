// LLVM's own `LLVMRunPasses` finds passes by their names in a table of all that there are. That table, and with
// it 15 MB that nobody calls and hundreds of options that are registered at every start, stays out of the
// executable because this file makes the few passes itself.
#include "include/CPasses.h"

#include <llvm-c/Core.h>
#include <llvm/Analysis/AliasAnalysis.h>
#include <llvm/Analysis/AssumptionCache.h>
#include <llvm/Analysis/BasicAliasAnalysis.h>
#include <llvm/Analysis/BlockFrequencyInfo.h>
#include <llvm/Analysis/BranchProbabilityInfo.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/MemorySSA.h>
#include <llvm/Analysis/OptimizationRemarkEmitter.h>
#include <llvm/Analysis/PostDominators.h>
#include <llvm/Analysis/ProfileSummaryInfo.h>
#include <llvm/Analysis/ScopedNoAliasAA.h>
#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/Analysis/TargetTransformInfo.h>
#include <llvm/Analysis/TypeBasedAliasAnalysis.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/PassInstrumentation.h>
#include <llvm/IR/PassManager.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/Transforms/IPO/AlwaysInliner.h>
#include <llvm/Transforms/IPO/GlobalDCE.h>
#include <llvm/Transforms/InstCombine/InstCombine.h>
#include <llvm/Transforms/Scalar/ADCE.h>
#include <llvm/Transforms/Scalar/EarlyCSE.h>
#include <llvm/Transforms/Scalar/SROA.h>
#include <llvm/Transforms/Scalar/SimplifyCFG.h>

using namespace llvm;

namespace {

// What passes ask about modules and functions; each answer is computed when it is first asked for. Whatever one
// of the passes may ask for has to be here, with what that asks for itself: LLVM does not check.
struct Analyses {
  FunctionAnalysisManager functions;
  ModuleAnalysisManager modules;

  explicit Analyses(TargetMachine &machine) {
    functions.registerPass([] { return PassInstrumentationAnalysis(nullptr); });
    functions.registerPass([] { return AssumptionAnalysis(); });
    functions.registerPass([] { return DominatorTreeAnalysis(); });
    functions.registerPass([] { return PostDominatorTreeAnalysis(); });
    functions.registerPass([] { return LoopAnalysis(); });
    functions.registerPass([] { return BranchProbabilityAnalysis(); });
    functions.registerPass([] { return BlockFrequencyAnalysis(); });
    functions.registerPass([] { return MemorySSAAnalysis(); });
    functions.registerPass([] { return OptimizationRemarkEmitterAnalysis(); });
    functions.registerPass([] { return TargetLibraryAnalysis(); });
    functions.registerPass([&] { return machine.getTargetIRAnalysis(); });
    functions.registerPass([] { return BasicAA(); });
    functions.registerPass([] { return ScopedNoAliasAA(); });
    functions.registerPass([] { return TypeBasedAA(); });
    functions.registerPass([] {
      AAManager aliases;
      aliases.registerFunctionAnalysis<BasicAA>();
      aliases.registerFunctionAnalysis<ScopedNoAliasAA>();
      aliases.registerFunctionAnalysis<TypeBasedAA>();
      return aliases;
    });
    functions.registerPass([&] { return ModuleAnalysisManagerFunctionProxy(modules); });
    modules.registerPass([] { return PassInstrumentationAnalysis(nullptr); });
    modules.registerPass([] { return ProfileSummaryAnalysis(); });
    modules.registerPass([&] { return FunctionAnalysisManagerModuleProxy(functions); });
  }
};

// Appends a pass of functions.
void append(cpasses_pass pass, FunctionPassManager &manager) {
  switch (pass) {
  case cpasses_replace_aggregates: return manager.addPass(SROAPass(SROAOptions::ModifyCFG));
  case cpasses_share_expressions: return manager.addPass(EarlyCSEPass());
  case cpasses_combine_instructions:
    // One round need not find everything: LLVM would end the process where it does not.
    return manager.addPass(InstCombinePass(InstCombineOptions().setVerifyFixpoint(false)));
  case cpasses_simplify_flow: return manager.addPass(SimplifyCFGPass());
  case cpasses_remove_dead_code: return manager.addPass(ADCEPass());
  case cpasses_inline_marked:
  case cpasses_remove_unused_globals: llvm_unreachable("a pass of modules");
  }
}

} // namespace

void cpasses_run(
    LLVMOpaqueModule *module, LLVMOpaqueTargetMachine *machine, const uint32_t *passes, size_t count) {
  Analyses analyses(*reinterpret_cast<TargetMachine *>(machine));
  ModulePassManager manager;
  FunctionPassManager functions;
  auto finishFunctions = [&] {
    if (!functions.isEmpty()) manager.addPass(createModuleToFunctionPassAdaptor(std::move(functions)));
    functions = FunctionPassManager();
  };
  for (size_t i = 0; i < count; i++) {
    switch (auto pass = static_cast<cpasses_pass>(passes[i])) {
    case cpasses_inline_marked:
      finishFunctions();
      manager.addPass(AlwaysInlinerPass());
      break;
    case cpasses_remove_unused_globals:
      finishFunctions();
      manager.addPass(GlobalDCEPass());
      break;
    default: append(pass, functions);
    }
  }
  finishFunctions();
  manager.run(*unwrap(module), analyses.modules);
}

// The one function of LLVM's table of passes that the BPF machine refers to: it would read the options of passes
// that are given by name. Defined here, it keeps the table out.
Expected<bool> PassBuilder::parseSinglePassOption(StringRef, StringRef, StringRef) { return false; }
