package dev.comptroller.core.gpuhours;

import java.util.List;
import java.util.stream.Stream;

/** How a result came about, for people. */
public final class Explanation {
  private Explanation() {}

  /** One line a term, those it was made from indented below it. */
  public static List<String> lines(List<Term> terms) {
    return terms.stream().flatMap(term -> lines(term, "").stream()).toList();
  }

  private static List<String> lines(Term term, String indent) {
    List<String> lines =
        term.terms().stream().flatMap(part -> lines(part, indent + "  ").stream()).toList();
    return Stream.concat(Stream.of(indent + line(term)), lines.stream()).toList();
  }

  private static String line(Term term) {
    return term.name()
        + ": "
        + term.value()
        + (term.rule().isEmpty() ? "" : " = " + term.rule())
        + (term.pointer().isEmpty() ? "" : " (" + term.pointer() + ")");
  }
}
