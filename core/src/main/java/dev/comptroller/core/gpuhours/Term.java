package dev.comptroller.core.gpuhours;

import dev.comptroller.core.workload.Figure;
import java.util.List;

/**
 * One step of a bound.
 *
 * @param pointer JSON pointer of the field it came from, empty where a rule made it
 * @param name what it is, such as {@code pods at once}
 * @param value its value as a decimal string with its unit
 * @param rule how the value came about; empty where it was read
 * @param terms what it was made from
 */
public record Term(String pointer, String name, String value, String rule, List<Term> terms) {
  public Term {
    terms = List.copyOf(terms);
  }

  /** A value that was read. */
  public Term(String pointer, String name, String value) {
    this(pointer, name, value, "", List.of());
  }

  /** A value that a rule made of others. */
  static Term made(String name, String value, String rule, List<Term> terms) {
    return new Term("", name, value, rule, terms);
  }

  static Term of(Figure figure) {
    return new Term(
        figure.pointer(),
        figure.name(),
        figure.text(),
        "",
        figure.parts().isEmpty() ? List.of() : figure.parts().stream().map(Term::of).toList());
  }
}
