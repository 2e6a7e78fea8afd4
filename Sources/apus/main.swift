import Driver
import Glibc

let status = Driver.run(Array(CommandLine.arguments.dropFirst()))
#if DEBUG
  exit(status)
#else
  // Everything is written by now. What `exit` would do besides is free memory, of which LLVM has a lot.
  _exit(status)
#endif
