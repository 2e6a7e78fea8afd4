import Testing

@testable import Loading

/// What verifiers' reports come down to, from recorded reports.
@Suite struct VerifierSummaryTests {

  /// The last line that says something is the reason, the last instruction shown is the refused one.
  @Test func lastWords() {
    let summary = VerifierSummary(
      of: """
        0: R1=ctx() R10=fp0
        ; at 1
        0: (bf) r6 = r1                       ; R1=ctx() R6_w=ctx()
        1: (79) r0 = *(u64 *)(r6 +0)          ; R0_w=scalar()
        2: (79) r0 = *(u64 *)(r0 +8)
        R0 pointer arithmetic prohibited somehow
        processed 3 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0

        """)
    #expect(summary.instruction == 2)
    #expect(summary.reason == "the verifier says 'R0 pointer arithmetic prohibited somehow'")
  }

  /// Well-known causes are put into words.
  @Test(arguments: [
    (
      "unknown func bpf_get_attach_cookie#174",
      "the kernel does not let this kind of probe call 'bpf_get_attach_cookie'"
    ),
    (
      "program of this type cannot use helper bpf_get_attach_cookie#174",
      "the kernel does not let this kind of probe call 'bpf_get_attach_cookie'"
    ),
    (
      "BPF program is too large. Processed 1000001 insn",
      "it takes more than the million instructions that the kernel follows on all its paths"
    ),
    (
      "The sequence of 8193 jumps is too complex.",
      "it has more branches than the 8192 that the kernel follows"
    ),
    (
      "The total number of maps per program has reached the limit of 64",
      "it uses more than the 64 maps that the kernel lets a program have"
    ),
    ("too many subprograms", "it is longer than the kernel takes"),
    (
      "combined stack size of 2 calls is 544. Too large",
      "it needs more than the 512 bytes of stack that there are"
    ),
    (
      "invalid write to stack R10 off=-520 size=8", "it needs more than the 512 bytes of stack that there are"
    ),
    ("back-edge from insn 5 to 3", "it has a loop that may not end"),
    (
      "infinite loop detected at insn 4\ncur state: R0=scalar() R10=fp0\nold state: R0=scalar() R10=fp0",
      "it has a loop that may not end"
    ),
    (
      "R0 invalid mem access 'scalar'",
      "it reads memory that it may not read directly (R0 invalid mem access 'scalar')"
    ),
  ])
  func causes(_ words: String, reason: String) {
    let log = "4: (85) call bpf_something#1\n\(words)\nprocessed 5 insns (limit 1000000)\n"
    let summary = VerifierSummary(of: log)
    #expect(summary.reason == reason)
    #expect(summary.instruction == 4)
  }

  /// Reports that say nothing, or nonsense, do no harm.
  @Test(arguments: ["", "\n\n", "processed 0 insns\n", "99999999999999999999: (\n", "\u{0}"])
  func nothing(_ log: String) { #expect(VerifierSummary(of: log).hint == nil) }

}
