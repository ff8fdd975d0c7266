package dev.comptroller.cli;

import dev.comptroller.cli.output.Format;
import dev.comptroller.cli.output.Printed;
import dev.comptroller.cli.output.Report;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a command prints its result. */
final class FormatOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      completionCandidates = FormatNames.class,
      converter = Converter.class,
      description = "How to print the result: text (default), json or yaml.")
  private Format format = Format.TEXT;

  /** Prints a result. */
  void print(Report report, Console console) {
    console.print(Printed.of(report, format));
  }

  /** Reads the name of a format. */
  static final class Converter implements ITypeConverter<Format> {
    @Override
    public Format convert(String value) {
      return Format.named(value)
          .orElseThrow(
              () -> new TypeConversionException("found " + value + ", required " + Format.CHOICES));
    }
  }
}
