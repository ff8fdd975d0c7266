package dev.comptroller.cluster.rego;

import java.util.List;

/** What became of compiling one rule. */
sealed interface Compilation {

  /**
   * It compiled.
   *
   * @param module the WebAssembly module
   * @param explains whether it defines {@code data.comptroller.deny}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and too large to copy
  record Compiled(byte[] module, boolean explains) implements Compilation {}

  /** The rule is wrong; each problem begins with its line where there is one. */
  record Refused(List<String> problems) implements Compilation {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /** The compiler could not be run; trying again may help. */
  record Unavailable(String reason) implements Compilation {}
}
