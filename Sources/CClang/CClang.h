// The part of libclang's interface (clang-c/Index.h, which is stable) that apus uses. The library is opened only when a script
// needs it, so that neither it nor its headers need be there to build or run apus.
#pragma once
#include <dlfcn.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

// A string that the library gives away.
typedef struct { const void *data; unsigned flags; } CClangString;

// A node of the syntax tree.
typedef struct { int kind; int extra; const void *data[3]; } CClangCursor;

// A type.
typedef struct { int kind; void *data[2]; } CClangType;

// A place in a file.
typedef struct { const void *data[2]; unsigned number; } CClangLocation;

// A file in memory.
typedef struct { const char *name; const char *contents; unsigned long length; } CClangFile;

// Sees a node: returns 0 to stop, 1 to go on behind it, 2 to go on with what is in it.
typedef int (*CClangVisitor)(CClangCursor node, CClangCursor parent, void *context);

// The functions of the library, each called as there without `clang_`.
typedef struct {
  void *(*createIndex)(int excludesPrecompiled, int showsDiagnostics);
  void (*disposeIndex)(void *index);
  int (*parseTranslationUnit2)(void *index, const char *name, const char *const *arguments, int argumentCount,
      CClangFile *files, unsigned fileCount, unsigned options, void **unit);
  void (*disposeTranslationUnit)(void *unit);
  unsigned (*getNumDiagnostics)(void *unit);
  void *(*getDiagnostic)(void *unit, unsigned index);
  void (*disposeDiagnostic)(void *diagnostic);
  int (*getDiagnosticSeverity)(void *diagnostic);
  CClangString (*getDiagnosticSpelling)(void *diagnostic);
  CClangLocation (*getDiagnosticLocation)(void *diagnostic);
  void (*getSpellingLocation)(CClangLocation location, void **file, unsigned *line, unsigned *column,
      unsigned *offset);
  CClangString (*getFileName)(void *file);
  const char *(*getCString)(CClangString string);
  void (*disposeString)(CClangString string);
  CClangCursor (*getTranslationUnitCursor)(void *unit);
  unsigned (*visitChildren)(CClangCursor node, CClangVisitor visitor, void *context);
  CClangString (*getCursorSpelling)(CClangCursor node);
  CClangCursor (*getCursorDefinition)(CClangCursor node);
  unsigned (*isCursorDefinition)(CClangCursor node);
  CClangType (*getCursorType)(CClangCursor node);
  CClangType (*getCanonicalType)(CClangType type);
  CClangCursor (*getTypeDeclaration)(CClangType type);
  CClangType (*getPointeeType)(CClangType type);
  CClangType (*getArrayElementType)(CClangType type);
  long long (*getArraySize)(CClangType type);
  CClangType (*getEnumDeclIntegerType)(CClangCursor node);
  long long (*getEnumConstantDeclValue)(CClangCursor node);
  CClangType (*getTypedefDeclUnderlyingType)(CClangCursor node);
  long long (*Type_getSizeOf)(CClangType type);
  long long (*Type_getAlignOf)(CClangType type);
  long long (*Type_getOffsetOf)(CClangType type, const char *member);
  unsigned (*Cursor_isBitField)(CClangCursor node);
  int (*getFieldDeclBitWidth)(CClangCursor node);
  unsigned (*Cursor_isAnonymousRecordDecl)(CClangCursor node);
  unsigned (*Cursor_isAnonymous)(CClangCursor node);
  unsigned (*Cursor_isMacroFunctionLike)(CClangCursor node);
  CClangType (*getResultType)(CClangType type);
  int (*getNumArgTypes)(CClangType type);
  CClangType (*getArgType)(CClangType type, unsigned index);
  void *(*Cursor_Evaluate)(CClangCursor node);
  int (*EvalResult_getKind)(void *result);
  long long (*EvalResult_getAsLongLong)(void *result);
  unsigned (*EvalResult_isUnsignedInt)(void *result);
  const char *(*EvalResult_getAsStr)(void *result);
  void (*EvalResult_dispose)(void *result);
} CClangLibrary;

// Returns a file in memory, or -1. It is closed in programs that are started but for its copies.
static inline int cclang_memory_file(void) { return (int)syscall(SYS_memfd_create, "apus", 1 /* MFD_CLOEXEC */); }

// Opens the library at `path` and finds its functions; 1 if all are there, else 0.
static inline int cclang_open(const char *path, CClangLibrary *library) {
  void *handle = dlopen(path, RTLD_LAZY | RTLD_LOCAL | RTLD_DEEPBIND);
  if (!handle) return 0;
#define CCLANG_FIND(name) \
  *(void **)&library->name = dlsym(handle, "clang_" #name); \
  if (!library->name) { \
    dlclose(handle); \
    return 0; \
  }
  CCLANG_FIND(createIndex)
  CCLANG_FIND(disposeIndex)
  CCLANG_FIND(parseTranslationUnit2)
  CCLANG_FIND(disposeTranslationUnit)
  CCLANG_FIND(getNumDiagnostics)
  CCLANG_FIND(getDiagnostic)
  CCLANG_FIND(disposeDiagnostic)
  CCLANG_FIND(getDiagnosticSeverity)
  CCLANG_FIND(getDiagnosticSpelling)
  CCLANG_FIND(getDiagnosticLocation)
  CCLANG_FIND(getSpellingLocation)
  CCLANG_FIND(getFileName)
  CCLANG_FIND(getCString)
  CCLANG_FIND(disposeString)
  CCLANG_FIND(getTranslationUnitCursor)
  CCLANG_FIND(visitChildren)
  CCLANG_FIND(getCursorSpelling)
  CCLANG_FIND(getCursorDefinition)
  CCLANG_FIND(isCursorDefinition)
  CCLANG_FIND(getCursorType)
  CCLANG_FIND(getCanonicalType)
  CCLANG_FIND(getTypeDeclaration)
  CCLANG_FIND(getPointeeType)
  CCLANG_FIND(getArrayElementType)
  CCLANG_FIND(getArraySize)
  CCLANG_FIND(getEnumDeclIntegerType)
  CCLANG_FIND(getEnumConstantDeclValue)
  CCLANG_FIND(getTypedefDeclUnderlyingType)
  CCLANG_FIND(Type_getSizeOf)
  CCLANG_FIND(Type_getAlignOf)
  CCLANG_FIND(Type_getOffsetOf)
  CCLANG_FIND(Cursor_isBitField)
  CCLANG_FIND(getFieldDeclBitWidth)
  CCLANG_FIND(Cursor_isAnonymousRecordDecl)
  CCLANG_FIND(Cursor_isAnonymous)
  CCLANG_FIND(Cursor_isMacroFunctionLike)
  CCLANG_FIND(getResultType)
  CCLANG_FIND(getNumArgTypes)
  CCLANG_FIND(getArgType)
  CCLANG_FIND(Cursor_Evaluate)
  CCLANG_FIND(EvalResult_getKind)
  CCLANG_FIND(EvalResult_getAsLongLong)
  CCLANG_FIND(EvalResult_isUnsignedInt)
  CCLANG_FIND(EvalResult_getAsStr)
  CCLANG_FIND(EvalResult_dispose)
#undef CCLANG_FIND
  return 1;
}
