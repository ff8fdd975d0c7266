package dev.comptroller.cli.output;

/** Results as they are printed. */
public final class Printed {
  private Printed() {}

  /** A report in a format. */
  public static String of(Report report, Format format) {
    return switch (format) {
      case TEXT -> plain(report.text());
      case JSON -> Documents.json(report);
      case YAML -> Documents.yaml(report);
    };
  }

  /** The text without control characters, which a manifest could bring to a terminal. */
  public static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}&&[^\\n]]", " ");
  }
}
