package dev.comptroller.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table that grows row by row and prints itself as Markdown. */
final class MarkdownTable {
  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();

  MarkdownTable(String... columns) {
    this.columns = List.of(columns);
  }

  /** Adds a row: text as it is, whole numbers whole, others with one digit after the point. */
  void add(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(
          cell instanceof Double number ? String.format(Locale.ROOT, "%.1f", number) : "" + cell);
    }
    if (row.size() != columns.size()) {
      throw new IllegalArgumentException("cells: found " + row + ", required one for " + columns);
    }
    rows.add(row);
  }

  @Override
  public String toString() {
    return line(columns)
        + line(columns.stream().map(column -> "---:").toList())
        + rows.stream().map(MarkdownTable::line).collect(Collectors.joining());
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
