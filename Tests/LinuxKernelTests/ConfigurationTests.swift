import Testing

@testable import LinuxKernel

@Suite struct ConfigurationTests {

  @Test func findsOptionsByTheirWholeNames() {
    let text = """
      # CONFIG_KPROBES is not set
      CONFIG_IPV6=y
      CONFIG_IPV6_SIT=m
      CONFIG_HZ=250
      CONFIG_CC_VERSION_TEXT="gcc = 12"
      """
    let configuration = KernelConfiguration(text: Array(text.utf8))
    #expect(configuration.value(of: "CONFIG_IPV6") == "y")
    #expect(configuration.value(of: "CONFIG_IPV6_SIT") == "m")
    #expect(configuration.value(of: "CONFIG_HZ") == "250")
    #expect(configuration.value(of: "CONFIG_CC_VERSION_TEXT") == "\"gcc = 12\"")
    #expect(configuration.value(of: "CONFIG_KPROBES") == nil)
    #expect(configuration.value(of: "CONFIG_IPV") == nil)
    #expect(KernelConfiguration(text: []).value(of: "CONFIG_IPV6") == nil)
  }

}
